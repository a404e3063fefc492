package dev.discreet.attacks;

import dev.discreet.identity.Forge;
import dev.discreet.identity.Keys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tokens that differ from a valid one in what an attack is about. */
final class Forgery {
  static final String ISS = "https://id.example.com/realms/main";
  static final String STRICT = "https://strict.example.com";
  static final String OTHER = "https://other.example.com";
  static final long NOW = System.currentTimeMillis() / 1000;

  private Forgery() {}

  /** {@return valid claims} */
  static String claims() {
    return with(Map.of());
  }

  /** {@return valid claims, one of which has another value (JSON), or is left out if empty} */
  static String claims(String name, String value) {
    return with(Map.of(name, value));
  }

  /** {@return valid claims with other values (JSON); what is empty is left out} */
  static String with(Map<String, String> changed) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("iss", '"' + ISS + '"');
    all.put("aud", "\"tests\"");
    all.put("sub", "\"alice\"");
    all.put("iat", String.valueOf(NOW - 5));
    all.put("exp", String.valueOf(NOW + 600));
    all.putAll(changed);
    StringBuilder json = new StringBuilder("{");
    all.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            json.append(json.length() > 1 ? "," : "").append('"').append(name).append("\":");
            json.append(value);
          }
        });
    return json.append('}').toString();
  }

  static String header(String algorithm, String kid) {
    return "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\"}";
  }

  /** {@return a header that is as it should be but for a further member} */
  static String headerWith(String member) {
    return "{\"alg\":\"RS256\",\"kid\":\"k1\"," + member + "}";
  }

  /** {@return a valid token} */
  static String good() {
    return headed(header("RS256", "k1"));
  }

  /** {@return valid claims under this header, signed by RS256 with the right key} */
  static String headed(String header) {
    return of(header, claims());
  }

  /** {@return these claims, signed as they should be} */
  static String claimed(String claims) {
    return of(header("RS256", "k1"), claims);
  }

  static String of(String header, String claims) {
    return Forge.token("RS256", Keys.RSA.getPrivate(), header, claims);
  }

  /** {@return the first two parts of a token with valid claims} */
  static String unsigned(String header) {
    return Forge.base64(header) + "." + Forge.base64(claims());
  }

  /** {@return a token that is valid, signed by another algorithm and key} */
  static String by(String algorithm, KeyPair key, String kid) {
    return Forge.token(algorithm, key.getPrivate(), header(algorithm, kid), claims());
  }

  /** {@return the claims in these octets, signed as they should be} */
  static String octets(byte[] claims) {
    String signed = Forge.base64(header("RS256", "k1")) + "." + Forge.base64(claims);
    return Forge.sign("RS256", Keys.RSA.getPrivate(), signed);
  }

  /** {@return valid claims, and in a claim these octets instead of characters} */
  static byte[] claimsWith(int... octets) {
    String raw = new String(octets, 0, octets.length);
    return claims("x", '"' + raw + '"').getBytes(StandardCharsets.ISO_8859_1);
  }
}
