package dev.discreet.identity;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a token is bound to by {@code cnf} (RFC 7800), each by its SHA-256 thumbprint in
 * base64url.
 *
 * @param key {@code jkt}: of the JWK that signs DPoP proofs (RFC 9449 §6.1), or null
 * @param certificate {@code x5t#S256}: of the client's certificate (RFC 8705 §3.1), or null
 */
record Confirmation(@Nullable String key, @Nullable String certificate) {
  /** A bearer token's. */
  static final Confirmation NONE = new Confirmation(null, null);

  private static final String CNF = "cnf";
  private static final String KEY = "jkt";
  private static final String CERTIFICATE = "x5t#S256";

  /** Keycloak's, beside {@code jkt}: that the key is one of DPoP. It binds to nothing more. */
  private static final String KIND_OF_KEY = "kc-jkt-type";

  private static final Set<String> UNDERSTOOD = Set.of(KEY, CERTIFICATE, KIND_OF_KEY);
  private static final int SHA256_CHARACTERS = 43;

  /**
   * {@return what the claims of a token, or the answer of an introspection, bind it to}
   *
   * @throws RefusedToken where that is nothing that could be proven here
   */
  static Confirmation of(Map<String, Object> claims) throws RefusedToken {
    if (!claims.containsKey(CNF)) {
      return NONE;
    }
    if (!(claims.get(CNF) instanceof Map<?, ?> bound) || bound.isEmpty()) {
      throw RefusedToken.unproven("its cnf is no object with members");
    }
    if (!UNDERSTOOD.containsAll(bound.keySet())) {
      throw RefusedToken.unproven("its cnf has a member that can't be checked here");
    }
    if (bound.get(KEY) == null && bound.get(CERTIFICATE) == null) {
      throw RefusedToken.unproven("its cnf names no key");
    }
    return new Confirmation(thumbprint(bound.get(KEY)), thumbprint(bound.get(CERTIFICATE)));
  }

  private static @Nullable String thumbprint(@Nullable Object value) throws RefusedToken {
    if (value == null) {
      return null;
    }
    if (value instanceof String text
        && text.length() == SHA256_CHARACTERS
        && StrictBase64Url.isWellFormed(text)) {
      return text;
    }
    throw RefusedToken.unproven("its cnf holds no SHA-256 thumbprint");
  }
}
