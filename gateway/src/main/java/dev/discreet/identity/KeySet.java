package dev.discreet.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's keys as they were read once (RFC 7517 §5). Those that can't verify a signature are
 * left out.
 */
record KeySet(List<VerificationKey> keys) {
  /** How many keys are tried for a token that names none. */
  private static final int MOST_TRIED = 4;

  KeySet {
    keys = List.copyOf(keys);
  }

  /**
   * Reads a key set.
   *
   * @throws ParseException if it is none
   */
  static KeySet parse(byte[] octets) throws ParseException {
    Map<String, Object> set =
        JSONObjectUtils.parse(new String(octets, StandardCharsets.UTF_8), octets.length + 1);
    if (!(set.get("keys") instanceof List<?> members)) {
      throw new ParseException("no list named keys", 0);
    }
    List<VerificationKey> keys = new ArrayList<>();
    for (Object member : members) {
      VerificationKey key = member instanceof Map<?, ?> object ? parse(object) : null;
      if (key != null) {
        keys.add(key);
      }
    }
    return new KeySet(keys);
  }

  @SuppressWarnings("unchecked")
  private static @Nullable VerificationKey parse(Map<?, ?> object) {
    try {
      return VerificationKey.of(JWK.parse((Map<String, Object>) object));
    } catch (ParseException | RuntimeException e) {
      return null;
    }
  }

  boolean names(String keyId) {
    return keys.stream().anyMatch(key -> keyId.equals(key.id()));
  }

  /** {@return the keys that may have signed a token} */
  List<VerificationKey> candidates(@Nullable String keyId, Algorithm algorithm) {
    return keys.stream()
        .filter(key -> keyId == null || keyId.equals(key.id()))
        .filter(key -> key.serves(algorithm))
        .limit(MOST_TRIED)
        .toList();
  }

  /** {@return the key that has signed a token, or null} */
  @Nullable VerificationKey signer(SignedToken token, Algorithm algorithm) {
    for (VerificationKey key : candidates(token.keyId(), algorithm)) {
      if (algorithm.verify(CryptoProvider.FASTEST, key.key(), token.signed(), token.signature())) {
        return key;
      }
    }
    return null;
  }
}
