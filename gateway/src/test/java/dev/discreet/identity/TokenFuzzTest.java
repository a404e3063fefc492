package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Seeds;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens as identity providers write them, made worse at random, the same each time. */
class TokenFuzzTest {
  private static final int INPUTS = 20_000;
  private static final List<String> PIECES =
      List.of(
          "\"",
          "\\",
          "\\u0000",
          "\\ud800",
          "\\udc00",
          "\\u0061",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          ".",
          "..",
          "=",
          "+",
          "/",
          "-",
          " ",
          "\t",
          "\r\n",
          "\0",
          "\u00ef\u00bb\u00bf",
          "null",
          "true",
          "NaN",
          "-0",
          "1e999",
          "1e-2147483648",
          "1e2147483647",
          "9".repeat(1200),
          "0.".repeat(3),
          "[".repeat(40),
          "{\"a\":".repeat(40),
          "\"sub\":\"admin\",",
          "\"alg\":\"none\",",
          "\"crit\":[],",
          "/**/");

  private final Random random = new Random(20261127);

  @Test
  @Timeout(120)
  void everyTokenIsRefusedOrReadInOneWay() throws IOException {
    Seeds seeds = new Seeds("tokens", PIECES, random);
    int accepted = 0;
    for (int i = 0; i < INPUTS; i++) {
      accepted += TokenFuzzer.isAccepted(seeds.next()) ? 1 : 0;
    }
    // Neither way may be the only one that is tried.
    assertThat(accepted).isBetween(INPUTS / 50, INPUTS / 2);
  }
}
