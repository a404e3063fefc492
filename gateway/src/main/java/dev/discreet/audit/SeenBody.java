package dev.discreet.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The body of an answer, as it is compared: large ones by their beginning and a digest. */
final class SeenBody {
  /** More octets are not kept; their SHA-256 is. */
  private static final int KEPT = 1 << 16;

  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
  private final MessageDigest rest = sha256();
  private long more;

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java platform has it", e);
    }
  }

  void add(byte[] octets, int length) {
    int kept = Math.min(length, KEPT - beginning.size());
    beginning.write(octets, 0, kept);
    rest.update(octets, kept, length - kept);
    more += length - kept;
  }

  /** {@return what tells it from others, an octet a character; to be called once, at its end} */
  String text() {
    String text = beginning.toString(StandardCharsets.ISO_8859_1);
    return more == 0
        ? text
        : "(%d octets, of SHA-256 %s, follow) %s"
            .formatted(more, HexFormat.of().formatHex(rest.digest()), text);
  }
}
