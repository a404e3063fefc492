package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

/** Files that were written well or badly by people, made worse at random, the same each time. */
class ConfigFuzzTest {
  private static final int INPUTS = 5000;
  private static final List<String> TOKENS =
      List.of(
          "&a ",
          "*a",
          "<<: *a",
          "!!str ",
          "!x ",
          "---\n",
          "...\n",
          "|\n  ",
          ">-\n ",
          "? ",
          ": ",
          "- ",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "'",
          "%",
          "@",
          "`",
          "\t",
          "\r",
          "\u0000",
          "\u0085",
          "\u2028",
          "\uFEFF",
          "${",
          "${SET}",
          "${X:-${X:-",
          "~",
          "null",
          "1e9999999",
          "9".repeat(99),
          "{".repeat(99),
          "- ".repeat(99),
          "/" + "a/".repeat(99),
          "{claims.x}",
          "**",
          "#");

  private final Random random = new Random(20261127);

  @Test
  @Timeout(120)
  void everyFileEndsInAConfigurationOrInProblems() throws Exception {
    List<byte[]> written = written();
    assertThat(written).hasSizeGreaterThan(100);
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = written.get(random.nextInt(written.size()));
      for (int times = random.nextInt(4); times >= 0; times--) {
        input = worse(input, written.get(random.nextInt(written.size())));
      }
      ConfigFuzzer.fuzzerTestOneInput(prefixed(input));
    }
  }

  private byte[] worse(byte[] file, byte[] other) {
    int from = random.nextInt(file.length + 1);
    int to = from + random.nextInt(Math.min(40, file.length - from + 1));
    byte[] between =
        switch (random.nextInt(4)) {
          case 0 -> new byte[0];
          case 1 -> TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
          case 2 -> new byte[] {(byte) random.nextInt(256)};
          default -> Arrays.copyOfRange(other, 0, random.nextInt(Math.min(200, other.length) + 1));
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, from);
    out.writeBytes(between);
    out.write(file, to, file.length - to);
    return out.toByteArray();
  }

  private byte[] prefixed(byte[] file) {
    byte[] input = new byte[file.length + 1];
    input[0] = (byte) random.nextInt(2);
    System.arraycopy(file, 0, input, 1, file.length);
    return input;
  }

  private static List<byte[]> written() throws Exception {
    Path broken =
        Path.of(Objects.requireNonNull(ConfigFuzzTest.class.getResource("/broken")).toURI());
    List<byte[]> all = new ArrayList<>();
    for (Path root : List.of(broken, Path.of("../config"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file :
            files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
          add(all, file);
        }
      }
    }
    return all;
  }

  private static void add(List<byte[]> all, Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      all.add(Files.readAllBytes(file));
    }
  }
}
