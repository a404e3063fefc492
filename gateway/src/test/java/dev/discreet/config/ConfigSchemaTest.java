package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the schema says of configurations that load, and of those that don't. */
class ConfigSchemaTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

  private static final String OTHER_PLACES = "depends on what stands elsewhere";
  private static final String ARITHMETIC = "is arithmetic";
  private static final String ENVIRONMENT = "depends on the environment, or on files";
  private static final String SPELLING = "header names have many spellings";

  /** What only check can tell, by a part of its message, and why a schema can't. */
  private static final Map<String, String> FOR_CHECK_ALONE =
      Map.ofEntries(
          Map.entry("stands in gateway.yaml only", "a schema does not know the name of a file"),
          Map.entry("is not defined under", OTHER_PLACES),
          Map.entry("is defined twice", OTHER_PLACES),
          Map.entry("stands twice", OTHER_PLACES),
          Map.entry("would serve callers and admin", OTHER_PLACES),
          Map.entry("says issuer twice", OTHER_PLACES),
          Map.entry("since there are several issuers", OTHER_PLACES),
          Map.entry("has no meaning with anyone", OTHER_PLACES),
          Map.entry("stands alone: it means every issuer", OTHER_PLACES),
          Map.entry("would fetch keys in cleartext", OTHER_PLACES),
          Map.entry("would send tokens and a secret in cleartext", OTHER_PLACES),
          Map.entry("has no use with format", OTHER_PLACES),
          Map.entry("as format: opaque says", OTHER_PLACES),
          Map.entry("can't be asked where its keys are", OTHER_PLACES),
          Map.entry("whose a token is can't be told then", OTHER_PLACES),
          Map.entry("is of https: alone", OTHER_PLACES),
          Map.entry("needs trustedProxies", OTHER_PLACES),
          Map.entry("has another scheme or path", OTHER_PLACES),
          Map.entry("holds no certificates in PEM", ENVIRONMENT),
          Map.entry("holds no private key in PEM", ENVIRONMENT),
          Map.entry("holds an encrypted key", ENVIRONMENT),
          Map.entry("holds a key in an old form", ENVIRONMENT),
          Map.entry("holds another key than that of the certificate", ENVIRONMENT),
          Map.entry("has the same issuer as", OTHER_PLACES),
          Map.entry("includes itself", OTHER_PLACES),
          Map.entry("matches exactly what", OTHER_PLACES),
          Map.entry("which the path", OTHER_PLACES),
          Map.entry("has a ;, and paths with one", OTHER_PLACES),
          Map.entry("names two segments", OTHER_PLACES),
          Map.entry("must be leading, whole and literal segments", OTHER_PLACES),
          Map.entry("present and absent at once", OTHER_PLACES),
          Map.entry("can't stand beside acr or maxAge", OTHER_PLACES),
          Map.entry("looks like a regular expression", "is a guess at what is meant"),
          Map.entry("has no possible port", ARITHMETIC),
          Map.entry("is longer than ten years", ARITHMETIC),
          Map.entry("has a prefix longer than", ARITHMETIC),
          Map.entry("has bits behind its prefix", ARITHMETIC),
          Map.entry("is not a CIDR block", ARITHMETIC),
          Map.entry("has no IPv6 address", ARITHMETIC),
          Map.entry(".when: ", "is CEL, which a schema does not read"),
          Map.entry("is not set; set it or", ENVIRONMENT),
          Map.entry("a variable is written", ENVIRONMENT),
          Map.entry("there is no such file", ENVIRONMENT),
          Map.entry("frames or routes messages", SPELLING),
          Map.entry("is the gateway's own", SPELLING),
          Map.entry("holds what a header can't", "may stand in a file"),
          Map.entry("authorizes a request", SPELLING),
          Map.entry("says where a request comes from", SPELLING));

  /** A file that is wrong, and what check says of it. */
  private record Wrong(String yaml, String message) {}

  @TempDir private Path temp;

  @ParameterizedTest
  @MethodSource("files")
  void findsNothingWrongInAFileOfTheRepository(Path file) throws IOException {
    assertThat(SchemaValidator.errors(Files.readString(ROOT.resolve(file)))).isEmpty();
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> demo = Files.walk(ROOT.resolve("config"));
        Stream<Path> image = Files.walk(ROOT.resolve("docker/config"))) {
      List<Path> files =
          Stream.concat(demo, image).filter(f -> f.toString().endsWith(".yaml")).toList();
      assertThat(files).hasSizeGreaterThanOrEqualTo(6);
      return files.stream().map(ROOT::relativize);
    }
  }

  /** Examples of the reference are parts of files: of gateway.yaml, upstreams may be missing. */
  @Test
  void findsNothingElseWrongInTheExamplesOfTheDocumentation() throws IOException {
    List<String> examples = new ArrayList<>();
    for (String page : List.of("README.md", "docs/configuration.md")) {
      YAML_BLOCK
          .matcher(Files.readString(ROOT.resolve(page)))
          .results()
          .map(block -> block.group(1))
          // A list is a step of somebody's pipeline.
          .filter(example -> !example.startsWith("- "))
          .forEach(examples::add);
    }
    assertThat(examples).hasSizeGreaterThanOrEqualTo(8);
    for (String example : examples) {
      assertThat(SchemaValidator.errors(example))
          .as(example)
          .allMatch(error -> error.contains("missing property 'upstreams'"));
    }
  }

  @Test
  void findsWhatIsWrongUnlessOnlyCheckCan() throws Exception {
    int found = 0;
    Set<String> used = new TreeSet<>();
    List<Wrong> unexplained = new ArrayList<>();
    for (Wrong wrong : wrong()) {
      if (!SchemaValidator.errors(wrong.yaml()).isEmpty()) {
        found++;
        continue;
      }
      Optional<String> reason =
          FOR_CHECK_ALONE.keySet().stream().filter(wrong.message()::contains).findFirst();
      reason.ifPresentOrElse(used::add, () -> unexplained.add(wrong));
    }
    assertThat(unexplained).isEmpty();
    assertThat(used).isEqualTo(new TreeSet<>(FOR_CHECK_ALONE.keySet()));
    assertThat(found).isGreaterThan(150);
  }

  private List<Wrong> wrong() throws Exception {
    List<Wrong> all = new ArrayList<>();
    for (String name : BrokenFoldersTest.names().toList()) {
      Path folder = BrokenFoldersTest.root().resolve(name);
      addProblems(new ConfigFolder(folder), all);
    }
    for (BadInput input : inputs().toList()) {
      ConfigFolder folder = new ConfigFolder(Files.createTempDirectory(temp, "bad"));
      folder.write("gateway.yaml", ConfigFolder.GATEWAY).write(input.file(), input.content());
      addProblems(folder, all);
    }
    return all;
  }

  private static Stream<BadInput> inputs() {
    return Stream.of(
            BadGatewayTest.gateway(),
            BadGatewayTest.issuers(),
            BadGatewayTest.upstreams(),
            BadGatewayTest.secondIssuers(),
            BadRouteTest.paths(),
            BadRouteTest.keys(),
            BadGrantTest.roles(),
            BadGrantTest.grants())
        .flatMap(all -> all);
  }

  /** Adds what is wrong with a folder, in files that are YAML as we read it. */
  private static void addProblems(ConfigFolder folder, List<Wrong> all) {
    Map<String, String> files = new HashMap<>();
    Problems problems = new Problems();
    List<YamlFiles.Document> documents = YamlFiles.read(folder.path(), problems);
    Set<String> unreadable =
        problems.sorted().stream().map(Problem::file).collect(Collectors.toSet());
    for (YamlFiles.Document document : documents) {
      files.put(document.file(), read(folder.path().resolve(document.file())));
    }
    for (Problem problem : folder.problems()) {
      String yaml = files.get(problem.file());
      if (yaml != null && !unreadable.contains(problem.file())) {
        all.add(new Wrong(yaml, problem.keyPath() + ": " + problem.message()));
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
