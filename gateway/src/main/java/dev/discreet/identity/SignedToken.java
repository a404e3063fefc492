package dev.discreet.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compact JWS (RFC 7515 §7.1), read strictly. Nothing in it was verified.
 *
 * @param algorithm the header's {@code alg}
 * @param keyId the header's {@code kid}, or null
 * @param type the header's {@code typ}, or null
 * @param claims its claims
 * @param signed what the signature covers
 * @param signature the signature
 */
@SuppressWarnings("ArrayRecordComponent") // made once for one verification, never compared
record SignedToken(
    String algorithm,
    @Nullable String keyId,
    @Nullable String type,
    Map<String, Object> claims,
    byte[] signed,
    byte[] signature) {

  /**
   * Reads a token.
   *
   * @param limit its longest length in characters
   * @throws RefusedToken as malformed; as of a wrong key where its header asks for what is not read
   */
  static SignedToken read(String token, int limit) throws RefusedToken {
    if (token.length() > limit || !threeParts(token)) {
      throw new RefusedToken(Reason.MALFORMED);
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    Map<String, Object> header =
        StrictJson.object(StrictBase64Url.decode(token, 0, first), StrictJson.Unique.AT_ANY_DEPTH);
    Map<String, Object> claims =
        StrictJson.object(
            StrictBase64Url.decode(token, first + 1, second), StrictJson.Unique.AT_THE_TOP);
    byte[] signature = StrictBase64Url.decode(token, second + 1, token.length());
    String algorithm = text(header, "alg");
    // No extension is understood here, and RFC 7797 would change what is signed.
    if (algorithm == null || header.containsKey("crit") || header.containsKey("b64")) {
      throw new RefusedToken(Reason.MALFORMED);
    }
    return new SignedToken(
        algorithm,
        text(header, "kid"),
        text(header, "typ"),
        claims,
        Arrays.copyOf(token.getBytes(StandardCharsets.ISO_8859_1), second),
        signature);
  }

  /** {@return whether it is three parts, none of them empty} */
  static boolean threeParts(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    return first > 0
        && second > first + 1
        && second + 1 < token.length()
        && token.indexOf('.', second + 1) < 0;
  }

  /** {@return {@code sub}, which the check of the claims has found to be text} */
  String subject() {
    return String.valueOf(claims.get("sub"));
  }

  private static @Nullable String text(Map<String, Object> header, String name)
      throws RefusedToken {
    Object value = header.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new RefusedToken(Reason.MALFORMED);
  }
}
