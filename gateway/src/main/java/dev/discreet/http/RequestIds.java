package dev.discreet.http;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Request ids: 128 random bits, 32 lower-case hexadecimal digits. */
final class RequestIds {
  private static final HexFormat HEX = HexFormat.of();
  private static final int BATCH = 64;

  /** Randomness drawn in batches: a system call for every request would be a waste. */
  private static final class Drawn {
    final SecureRandom random = new SecureRandom();
    final byte[] octets = new byte[16 * BATCH];
    int next = octets.length;
  }

  private static final ThreadLocal<Drawn> DRAWN = ThreadLocal.withInitial(Drawn::new);

  private RequestIds() {}

  static String next() {
    Drawn drawn = DRAWN.get();
    if (drawn.next == drawn.octets.length) {
      drawn.random.nextBytes(drawn.octets);
      drawn.next = 0;
    }
    drawn.next += 16;
    return HEX.formatHex(drawn.octets, drawn.next - 16, drawn.next);
  }
}
