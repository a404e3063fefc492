package dev.discreet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Seeds;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests as clients write them, made worse at random, the same each time. */
class RequestFuzzTest {
  private static final int INPUTS = 5_000;
  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\r\n\r\n",
          "\r\n ",
          "\0",
          " ",
          "\t",
          ":",
          " :",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: chunked, chunked\r\n",
          "Content-Length: 3\r\n",
          "Content-Length: +3\r\n",
          "Host: b\r\n",
          "HTTP/1.0",
          "HTTP/2.0",
          "GET / HTTP/1.1\r\nHost: c\r\n\r\n",
          "0\r\n\r\n",
          "ffffffffffffffff\r\n",
          "3;a=\"b\"\r\nabc\r\n",
          "\u0080",
          "\u00ff");

  private final Random random = new Random(20261128);

  @Test
  @Timeout(120)
  void everyRequestIsRefusedOrReadInOneWay() throws IOException {
    Seeds seeds = new Seeds("requests", PIECES, random);
    int accepted = 0;
    for (int i = 0; i < INPUTS; i++) {
      accepted += RequestFuzzer.isAccepted(seeds.next()) ? 1 : 0;
    }
    // Neither way may be the only one that is tried.
    assertThat(accepted).isBetween(INPUTS / 50, INPUTS / 2);
  }
}
