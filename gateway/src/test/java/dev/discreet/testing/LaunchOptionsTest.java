package dev.discreet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tests start is started as what users start: its heap is bounded alike (ADR 15). */
class LaunchOptionsTest {
  private static final Pattern OPTION = Pattern.compile("-XX:[^\\s\",]+|--[\\w-]+-access=[\\w-]+");

  @ParameterizedTest
  @ValueSource(strings = {"discreet", "Dockerfile"})
  void launcherAndImageHaveTheOptionsOfTests(String file) throws IOException {
    List<String> found =
        OPTION
            .matcher(Files.readString(Path.of("..", file)))
            .results()
            .map(MatchResult::group)
            // The image alone: its file system may be read-only.
            .filter(option -> !option.equals("-XX:-UsePerfData"))
            .toList();
    assertThat(found).isEqualTo(GatewayProcess.OPTIONS);
  }
}
