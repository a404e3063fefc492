package dev.discreet.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The compact serialisation of a JWS (RFC 7515 §7.1) whose payload is a JSON object, read strictly.
 * Nothing in it was verified.
 *
 * @param header its protected header; it asks for no extension
 * @param payload what it says
 * @param signed what the signature covers
 * @param signature the signature
 */
@SuppressWarnings("ArrayRecordComponent") // made once for one verification, never compared
record CompactJws(
    Map<String, Object> header, Map<String, Object> payload, byte[] signed, byte[] signature) {

  /**
   * Reads one.
   *
   * @param limit its longest length in characters
   * @throws RefusedToken as malformed
   */
  static CompactJws read(String text, int limit) throws RefusedToken {
    if (text.length() > limit || !threeParts(text)) {
      throw new RefusedToken(Reason.MALFORMED);
    }
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    Map<String, Object> header =
        StrictJson.object(StrictBase64Url.decode(text, 0, first), StrictJson.Unique.AT_ANY_DEPTH);
    Map<String, Object> payload =
        StrictJson.object(
            StrictBase64Url.decode(text, first + 1, second), StrictJson.Unique.AT_THE_TOP);
    byte[] signature = StrictBase64Url.decode(text, second + 1, text.length());
    // No extension is understood here, and RFC 7797 would change what is signed.
    if (header.containsKey("crit") || header.containsKey("b64")) {
      throw new RefusedToken(Reason.MALFORMED);
    }
    byte[] signed = Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), second);
    return new CompactJws(header, payload, signed, signature);
  }

  /** {@return whether it is three parts, empty ones too: then it is no opaque token} */
  static boolean isMeant(String text) {
    return text.chars().filter(c -> c == '.').count() == 2;
  }

  /** {@return whether it is three parts, none of them empty} */
  static boolean threeParts(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    return first > 0
        && second > first + 1
        && second + 1 < text.length()
        && text.indexOf('.', second + 1) < 0;
  }

  /**
   * {@return a text of the header, or null where there is none}
   *
   * @throws RefusedToken as malformed where it is something else
   */
  @Nullable String text(String name) throws RefusedToken {
    Object value = header.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new RefusedToken(Reason.MALFORMED);
  }
}
