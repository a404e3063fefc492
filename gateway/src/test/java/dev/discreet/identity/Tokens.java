package dev.discreet.identity;

import java.security.KeyPair;

/** Tokens that differ from a good one in one thing. */
final class Tokens {
  static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"k1\"}";

  private Tokens() {}

  /** {@return the claims of a good token, without the braces} */
  static String good() {
    return "\"iss\":\""
        + IssuerSettings.ISS
        + "\",\"aud\":\""
        + IssuerSettings.AUDIENCE
        + "\",\"sub\":\"user-17\",\"exp\":"
        + (ManualClock.SECOND + 600);
  }

  /** {@return good claims of which the member {@code name} has another value, or none} */
  static String replacing(String name, String value) {
    StringBuilder claims = new StringBuilder();
    for (String member : good().split(",", -1)) {
      if (!member.startsWith("\"" + name + "\"")) {
        claims.append(claims.isEmpty() ? "" : ",").append(member);
      }
    }
    return value.isEmpty() ? claims.toString() : claims + ",\"" + name + "\":" + value;
  }

  /** {@return a token with these claims, signed as it should be} */
  static String claiming(String claims) {
    return of(HEADER, claims);
  }

  /** {@return a token with this header and these claims, signed by RS256 with the right key} */
  static String of(String header, String claims) {
    return Forge.token("RS256", Keys.RSA.getPrivate(), header, "{" + claims + "}");
  }

  /** {@return a good token by another algorithm and key} */
  static String by(String algorithm, KeyPair key, String kid) {
    return by(algorithm, key, kid, IssuerSettings.ISS);
  }

  static String by(String algorithm, KeyPair key, String kid, String iss) {
    String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\"}";
    String claims = replacing("iss", "\"" + iss + "\"");
    return Forge.token(algorithm, key.getPrivate(), header, "{" + claims + "}");
  }

  /** {@return a good token of this {@code typ}} */
  static String typed(String type, String claims) {
    return of("{\"alg\":\"RS256\",\"kid\":\"k1\",\"typ\":\"" + type + "\"}", claims);
  }
}
