package dev.discreet.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/** Inputs for a fuzzer: files of a folder, made worse at random. */
public final class Seeds {
  private final List<byte[]> written = new ArrayList<>();
  private final List<String> pieces;
  private final Random random;

  /**
   * Reads a folder of the test's resources.
   *
   * @param pieces what is put in between, a character for each octet
   */
  public Seeds(String folder, List<String> pieces, Random random) throws IOException {
    this.pieces = pieces;
    this.random = random;
    try (Stream<Path> files = Files.list(resource(folder))) {
      for (Path file : files.sorted().toList()) {
        written.add(Files.readAllBytes(file));
      }
    }
  }

  private static Path resource(String folder) {
    try {
      return Path.of(Objects.requireNonNull(Seeds.class.getResource('/' + folder), folder).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] any() {
    return written.get(random.nextInt(written.size()));
  }

  /** {@return an input, of which the first octet stays as it was written} */
  public byte[] next() {
    byte[] input = any();
    for (int times = random.nextInt(4); times > 0; times--) {
      input = worse(input, any());
    }
    return input;
  }

  private byte[] worse(byte[] input, byte[] other) {
    int from = 1 + random.nextInt(input.length);
    int to = from + random.nextInt(Math.min(20, input.length - from + 1));
    byte[] between =
        switch (random.nextInt(4)) {
          case 0 -> new byte[0];
          case 1 -> pieces.get(random.nextInt(pieces.size())).getBytes(StandardCharsets.ISO_8859_1);
          case 2 -> new byte[] {(byte) random.nextInt(256)};
          default -> Arrays.copyOfRange(other, 0, random.nextInt(Math.min(100, other.length) + 1));
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(input, 0, from);
    out.writeBytes(between);
    out.write(input, to, input.length - to);
    return out.toByteArray();
  }
}
