package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.identity.KeyFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Whatever a file holds, loading it ends with a configuration or with problems that say where.
 * {@link ConfigFuzzTest} feeds it a few thousand inputs; the profile {@code fuzz} has Jazzer look
 * for worse ones.
 */
public final class ConfigFuzzer {
  private static final Path FOLDER = folder();

  private ConfigFuzzer() {}

  /** Loads a folder one of whose files is {@code input}, but for the octet that says which. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    boolean gateway = (input[0] & 1) == 0;
    byte[] content = Arrays.copyOfRange(input, 1, input.length);
    Files.writeString(FOLDER.resolve("gateway.yaml"), ConfigFolder.GATEWAY);
    Files.write(FOLDER.resolve(gateway ? "gateway.yaml" : "fuzz.yaml"), content);
    if (gateway) {
      Files.deleteIfExists(FOLDER.resolve("fuzz.yaml"));
    }
    switch (ConfigLoader.load(FOLDER, Map.of("SET", "value"), KeyFiles::isKeySet)) {
      case LoadResult.Loaded(var _, List<Problem> warnings) ->
          warnings.forEach(ConfigFuzzer::isReadable);
      case LoadResult.Broken(List<Problem> problems) -> {
        assertThat(problems).anyMatch(p -> p.severity() == Problem.Severity.ERROR);
        problems.forEach(ConfigFuzzer::isReadable);
      }
    }
  }

  private static void isReadable(Problem problem) {
    assertThat(problem.message()).isNotBlank();
    assertThat(problem.line()).isNotNegative();
    assertThat(problem.line() == 0).isEqualTo(problem.column() == 0);
    // One problem is one line, which can't move a terminal's cursor.
    assertThat(problem.toString()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  }

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("discreet-fuzz");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve("gateway.yaml"));
      Files.deleteIfExists(folder.resolve("fuzz.yaml"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
