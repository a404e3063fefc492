package dev.discreet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Whatever octets a client sends, they are refused, or read in the one way, however they come in
 * pieces. {@link RequestFuzzTest} feeds it some thousand inputs; the profile {@code fuzz} has
 * Jazzer look for worse ones.
 */
public final class RequestFuzzer {
  private static final Pattern REFUSED = Pattern.compile("!\\d{3} $");

  private RequestFuzzer() {}

  /** Reads requests. The first octet says how they are cut into pieces. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0) {
      isAccepted(input);
    }
  }

  /** {@return whether all of it was accepted} */
  static boolean isAccepted(byte[] input) {
    String raw = new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1);
    String whole = Feed.requests(Feed.whole(raw), true);
    assertThat(Feed.requests(Feed.pieces(raw, new Random(input[0])), true)).isEqualTo(whole);
    assertThat(Feed.requests(Feed.octets(raw), true)).isEqualTo(whole);
    return whole.startsWith("[") && !REFUSED.matcher(whole).find();
  }
}
