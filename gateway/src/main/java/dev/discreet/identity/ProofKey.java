package dev.discreet.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The public key that a DPoP proof brings in its header ({@code jwk}, RFC 9449 §4.2).
 *
 * @param key that verifies the proof
 * @param thumbprint of its JWK, SHA-256 in base64url (RFC 7638)
 */
record ProofKey(VerificationKey key, String thumbprint) {
  private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
  // All that RFC 7638 §3.2 and RFC 8037 §2 make a key of; certificates and URLs are not read.
  private static final Map<String, List<String>> MEMBERS =
      Map.of("RSA", List.of("e", "n"), "EC", List.of("x", "y"), "OKP", List.of("x"));
  private static final Set<String> ABOUT = Set.of("kty", "crv", "use", "key_ops", "alg");

  /**
   * Reads a key.
   *
   * @throws RefusedToken where it is none that a proof may bring
   */
  static ProofKey of(@Nullable Object jwk) throws RefusedToken {
    if (!(jwk instanceof Map<?, ?> members)) {
      throw RefusedToken.unproven("the proof has no jwk");
    }
    if (members.keySet().stream().anyMatch(PRIVATE::contains)) {
      throw RefusedToken.unproven("the proof's jwk holds a private key");
    }
    try {
      JWK parsed = JWK.parse(publicMembers(members));
      VerificationKey key = VerificationKey.of(parsed);
      if (key != null) {
        return new ProofKey(key, parsed.computeThumbprint().toString());
      }
    } catch (ParseException | JOSEException | RuntimeException e) {
      // Told below, as that of a key which is read and may not be used.
    }
    throw RefusedToken.unproven("the proof's jwk is no key that may verify it");
  }

  private static Map<String, Object> publicMembers(Map<?, ?> members) throws RefusedToken {
    Map<String, Object> chosen = new HashMap<>();
    for (String name : ABOUT) {
      if (members.get(name) != null) {
        chosen.put(name, members.get(name));
      }
    }
    for (String name : MEMBERS.getOrDefault(String.valueOf(members.get("kty")), List.of())) {
      // In one form only: else one key would have many thumbprints.
      if (!(members.get(name) instanceof String text) || !StrictBase64Url.isWellFormed(text)) {
        throw RefusedToken.unproven("the proof's jwk has no " + name + " in base64url");
      }
      chosen.put(name, text);
    }
    return chosen;
  }
}
