package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.identity.KeyFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Folders as people break them, each with all that {@code check} says of it, to the letter, in
 * {@code expected.txt}.
 */
class BrokenFoldersTest {
  private static final String EXPECTED = "expected.txt";

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void says(String name) throws Exception {
    Path folder = root().resolve(name);
    List<Problem> problems =
        switch (ConfigLoader.load(folder, Map.of(), KeyFiles::isKeySet)) {
          case LoadResult.Broken broken -> broken.problems();
          case LoadResult.Loaded loaded -> throw new AssertionError("loads: " + loaded.warnings());
        };
    String said =
        problems.stream()
            .map(problem -> problem.toString().replace(folder.toString(), ".") + "\n")
            .collect(Collectors.joining());
    assertThat(said).isEqualTo(Files.readString(folder.resolve(EXPECTED)));
  }

  @Test
  void noFolderIsLeftOut() throws Exception {
    assertThat(names().toList()).hasSizeGreaterThanOrEqualTo(100);
  }

  static Stream<String> names() throws IOException, URISyntaxException {
    try (Stream<Path> folders = Files.list(root())) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  static Path root() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(BrokenFoldersTest.class.getResource("/broken")).toURI());
  }
}
