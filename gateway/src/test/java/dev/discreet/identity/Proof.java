package dev.discreet.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import dev.discreet.identity.Presented.Demonstration;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A DPoP proof that is good, but for what a test changes in it. */
final class Proof {
  static final String METHOD = "GET";
  static final String URL = "https://api.example.com/accounts/a1/documents/42";
  static final String KEY = Keys.ecJwk("client", Curve.P_256, Keys.P256);

  private final Map<String, String> header = new LinkedHashMap<>();
  private final Map<String, String> claims = new LinkedHashMap<>();
  private String algorithm = "ES256";
  private KeyPair key = Keys.P256;

  private Proof() {}

  /** {@return a proof of {@code token} that was made at {@link ManualClock#SECOND}} */
  static Proof of(String token) {
    return new Proof()
        .header("typ", "\"dpop+jwt\"")
        .header("alg", "\"ES256\"")
        .header("jwk", KEY)
        .claim("jti", "\"" + UUID.randomUUID() + "\"")
        .claim("htm", "\"" + METHOD + "\"")
        .claim("htu", "\"" + URL + "\"")
        .claim("iat", String.valueOf(ManualClock.SECOND))
        .claim("ath", "\"" + hash(token) + "\"");
  }

  /** Sets a member of the header to JSON; the empty text removes it. */
  Proof header(String name, String json) {
    set(header, name, json);
    return this;
  }

  /** Sets a claim to JSON; the empty text removes it. */
  Proof claim(String name, String json) {
    set(claims, name, json);
    return this;
  }

  private static void set(Map<String, String> members, String name, String json) {
    if (json.isEmpty()) {
      members.remove(name);
    } else {
      members.put(name, json);
    }
  }

  /** Signs with this key by this algorithm, whatever the header says. */
  Proof by(String otherAlgorithm, KeyPair otherKey) {
    algorithm = otherAlgorithm;
    key = otherKey;
    return this;
  }

  /** Says this key and this algorithm in the header, and signs so. */
  Proof with(String otherAlgorithm, KeyPair otherKey, String jwk) {
    return header("alg", "\"" + otherAlgorithm + "\"")
        .header("jwk", jwk)
        .by(otherAlgorithm, otherKey);
  }

  @Override
  public String toString() {
    return Forge.token(algorithm, key.getPrivate(), json(header), json(claims));
  }

  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** {@return {@code token} with this proof} */
  Presented presenting(String token) {
    return with(token, toString());
  }

  /** {@return {@code token} with these proofs} */
  static Presented with(String token, String... proofs) {
    return new Presented(token, new Demonstration(List.of(proofs), METHOD, URL), null);
  }

  /** {@return the claims of a good token that is bound to the key of {@link #KEY}} */
  static String bound() {
    return bound(KEY);
  }

  static String bound(String jwk) {
    return Tokens.good() + ",\"cnf\":{\"jkt\":\"" + thumbprint(jwk) + "\"}";
  }

  static String thumbprint(String jwk) {
    try {
      return JWK.parse(jwk).computeThumbprint().toString();
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hash(String token) {
    try {
      byte[] octets = token.getBytes(StandardCharsets.US_ASCII);
      return Forge.base64(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
