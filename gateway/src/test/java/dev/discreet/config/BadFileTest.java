package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.discreet.config.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be wrong with files and their YAML. */
class BadFileTest {
  @TempDir private Path temp;
  private ConfigFolder folder;

  @BeforeEach
  void gateway() {
    folder = new ConfigFolder(temp).write("gateway.yaml", ConfigFolder.GATEWAY);
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void isReportedAtItsPlace(BadInput input) {
    input.checkIn(folder, Severity.ERROR);
  }

  static Stream<BadInput> yaml() {
    String bomb =
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + IntStream.range(1, 9)
                .mapToObj(
                    i -> "a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)))
                .collect(Collectors.joining());
    return Stream.of(
        bad("", "1:1", "", "is empty"),
        bad("# nothing but this\n", "1:1", "", "is empty"),
        bad("---\n", "1:1", "", "is empty"),
        bad("routes: []\n---\nroutes: []\n", "2:1", "", "one document per file"),
        bad("routes: !!set []\n", "1:9", "routes", "tags are not read"),
        bad("!<x> {routes: []}\n", "1:1", "", "tags are not read"),
        bad("roles:\n  a: !java.net.URL [x]\n", "2:6", "roles.a", "tags are not read"),
        bad(
            "roles:\n  a: &a {includes: []}\n  b:\n    <<: *a\n    includes: []\n",
            "4:5",
            "roles.b.<<",
            "merge keys"),
        bad("roles: {}\nroles: {}\n", "2:1", "roles", "stands twice; first at a.yaml:1:1"),
        bad("roles:\n  a: []\n b: []\n", "3:2", "", "is not YAML"),
        bad("routes: [\n", "2:1", "", "is not YAML"),
        bad("routes: *nothing\n", "1:9", "", "no anchor &nothing ends before"),
        bad("routes: &r [*r]\n", "1:13", "", "no anchor &r ends before"),
        bad("routes: " + "[".repeat(40) + "]".repeat(40), "1:40", "", "nested deeper than 32"),
        bad(bomb, "4:45", "", "expand to more than 10000 values"),
        bad("routes: []\nroles: {\u0007: x}\n", "2:9", "", "character that YAML does not allow"),
        bad("[a]: b\n", "1:1", "", "a key must be text"),
        bad("just text\n", "1:1", "", "must be a mapping"),
        bad("listen: 0.0.0.0:80\n", "1:1", "listen", "stands in gateway.yaml only"),
        bad("rotes: []\n", "1:1", "rotes", "did you mean \"routes\"?"),
        bad("routes: {}\n", "1:9", "routes", "must be a list, not a mapping"));
  }

  private static BadInput bad(String content, String place, String keyPath, String message) {
    return new BadInput("a.yaml", content, place, keyPath, message);
  }

  @Test
  void invalidUtf8HasAPlace() throws IOException {
    Files.write(temp.resolve("a.yaml"), new byte[] {'a', ':', '\n', 'b', (byte) 0xff});

    assertOnly("a.yaml:2:2: error: is not UTF-8");
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Files.createDirectory(temp.resolve("x.yaml"));

    assertOnly("x.yaml: error: is a folder, not a file; rename it");
  }

  @Test
  void anUnreadableFileIsNamed() throws IOException {
    folder.write("a.yaml", "routes: []");
    assumeFalse(
        Files.isReadable(withoutRights(temp.resolve("a.yaml"))), "root may read every file");

    assertOnly("a.yaml: error: can't be read: permission denied");
  }

  private static Path withoutRights(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, Set.of());
  }

  @Test
  void aLinkToNothingIsNamed() throws IOException {
    Files.createSymbolicLink(temp.resolve("a.yaml"), Path.of("gone.yaml"));

    assertOnly("a.yaml: error: is a symbolic link to nothing");
  }

  @Test
  void aLinkInACircleIsNamed() throws IOException {
    Files.createSymbolicLink(temp.resolve("loop"), Path.of("."));

    assertOnly("loop: error: is a symbolic link that leads in a circle");
  }

  @Test
  void aHugeFileIsNotRead() throws IOException {
    Files.writeString(temp.resolve("a.yaml"), "#".repeat(YamlFiles.MAX_OCTETS + 1));

    assertOnly("a.yaml: error: is larger than 4MiB; split it");
  }

  @Test
  void theFolderMustExistAndBeOne() {
    Path missing = temp.resolve("missing");
    Path file = temp.resolve("gateway.yaml");

    assertThat(new ConfigFolder(missing).problems())
        .extracting(Problem::toString)
        .containsExactly(missing + ": error: there is no such folder");
    assertThat(new ConfigFolder(file).problems())
        .extracting(Problem::toString)
        .containsExactly(
            file + ": error: is not a folder; name the folder that holds gateway.yaml");
  }

  @Test
  void gatewayYamlIsRequired() throws IOException {
    Files.move(temp.resolve("gateway.yaml"), temp.resolve("gateway.yml"));
    folder.write("a.yaml", "routes: [{path: /a, upstream: docs, methods: {GET: public}}]");

    assertThat(folder.problems())
        .extracting(Problem::toString)
        .startsWith("gateway.yaml: error: is missing; rename gateway.yml")
        .noneMatch(line -> line.startsWith("a.yaml"));
  }

  @Test
  void hiddenNamesAreSkippedAndKubernetesLinksFollowed() throws IOException {
    Files.delete(temp.resolve("gateway.yaml"));
    folder.write("..2026_01/gateway.yaml", ConfigFolder.GATEWAY).write(".a.yaml", "nonsense");
    Files.createSymbolicLink(temp.resolve("..data"), Path.of("..2026_01"));
    Files.createSymbolicLink(temp.resolve("gateway.yaml"), Path.of("..data/gateway.yaml"));

    assertThat(folder.loaded(Map.of()).upstreams()).containsOnlyKeys("docs");
  }

  private void assertOnly(String line) {
    assertThat(folder.problems()).extracting(Problem::toString).containsExactly(line);
  }
}
