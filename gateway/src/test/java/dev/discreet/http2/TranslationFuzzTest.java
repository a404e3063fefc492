package dev.discreet.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Seeds;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Heads as clients write them, made worse at random, the same each time. */
class TranslationFuzzTest {
  private static final int INPUTS = 20_000;
  private static final List<String> PIECES =
      List.of(
          "\0",
          "\0\0",
          "\r\n",
          "\r\n\r\nGET / HTTP/1.1\r\n",
          ":",
          ": ",
          " ",
          "\t",
          ":path\0/other\0",
          ":method\0POST\0",
          "host\0evil\0",
          "content-length\0" + "5\0",
          "content-length\0" + "0\0",
          "transfer-encoding\0chunked\0",
          "connection\0close\0",
          "cookie\0a=1\0",
          "te\0trailers\0",
          "te\0gzip\0",
          "X-Upper\0a\0",
          "\u0080",
          "\u00ff",
          "#",
          "@",
          "*",
          "//",
          "?");

  private final Random random = new Random(20261128);

  @Test
  @Timeout(120)
  void everyHeadIsRefusedOrReadInOneWay() throws IOException {
    Seeds seeds = new Seeds("http2-heads", PIECES, random);
    int accepted = 0;
    for (int i = 0; i < INPUTS; i++) {
      accepted += TranslationFuzzer.isAccepted(seeds.next()) ? 1 : 0;
    }
    // Neither way may be the only one that is tried.
    assertThat(accepted).isBetween(INPUTS / 50, INPUTS / 2);
  }
}
