package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
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
          "\uFEFF",
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
  void everyTokenIsRefusedOrReadInOneWay() throws Exception {
    List<byte[]> written = written();
    assertThat(written).hasSizeGreaterThan(5);
    int accepted = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = written.get(random.nextInt(written.size()));
      for (int times = random.nextInt(4); times >= 0; times--) {
        input = worse(input, written.get(random.nextInt(written.size())));
      }
      accepted += TokenFuzzer.isAccepted(input) ? 1 : 0;
    }
    // Neither way may be the only one that is tried.
    assertThat(accepted).isBetween(INPUTS / 50, INPUTS / 2);
  }

  /** The octet that says what the input is stays. */
  private byte[] worse(byte[] token, byte[] other) {
    int from = 1 + random.nextInt(token.length);
    int to = from + random.nextInt(Math.min(20, token.length - from + 1));
    byte[] between =
        switch (random.nextInt(4)) {
          case 0 -> new byte[0];
          case 1 -> PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
          case 2 -> new byte[] {(byte) random.nextInt(256)};
          default -> Arrays.copyOfRange(other, 0, random.nextInt(Math.min(100, other.length) + 1));
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(token, 0, from);
    out.writeBytes(between);
    out.write(token, to, token.length - to);
    return out.toByteArray();
  }

  private static List<byte[]> written() throws Exception {
    Path tokens =
        Path.of(Objects.requireNonNull(TokenFuzzTest.class.getResource("/tokens")).toURI());
    List<byte[]> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(tokens)) {
      for (Path file : files.sorted().toList()) {
        all.add(Files.readAllBytes(file));
      }
    }
    return all;
  }
}
