package dev.discreet.differential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A request that was decided to be forwarded.
 *
 * @param request as it was decided upon
 * @param id {@code x-request-id} that the gateway gave it
 * @param octets that it sent upstream, a character each
 */
record Forwarded(Generated request, String id, String octets) {
  /** {@return what a parser must have seen of it, as the programs in {@code peers} say it} */
  String seen() {
    return seen(
        List.of(request.method(), request.target(), request.host(), request.caller(), id),
        request.body().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** {@return words and a body, each in hexadecimal digits, of the body its SHA-256} */
  static String seen(List<String> words, byte[] body) {
    HexFormat hex = HexFormat.of();
    return words.stream()
            .map(word -> hex.formatHex(word.getBytes(StandardCharsets.ISO_8859_1)))
            .collect(Collectors.joining(","))
        + ","
        + hex.formatHex(sha256(body));
  }

  private static byte[] sha256(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return octets + "\nof:\n" + request.octets();
  }
}
