package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each case of {@code faults.json} has a test that bears its id, by its name or above it. */
class FaultCasesTest {
  private static final Path SOURCES = Path.of("src", "test", "java");

  @Test
  void eachHasATest() throws IOException {
    String sources = sources();
    List<String> untested = new ArrayList<>();
    for (Corpus.Case one : Corpus.list("faults.json")) {
      String id = one.text("id");
      String name = id.replace("-", "").toLowerCase(Locale.ROOT);
      Pattern test =
          Pattern.compile("void " + name + "[A-Z]\\w*\\(|/\\*\\* (\\w-\\d\\d, )*" + id + "\\b");
      if (!test.matcher(sources).find()) {
        untested.add(id);
      }
    }
    assertThat(untested).isEmpty();
  }

  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
