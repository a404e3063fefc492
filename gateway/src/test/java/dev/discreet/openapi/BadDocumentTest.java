package dev.discreet.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no document that can be imported is refused in plain words, without delay. */
class BadDocumentTest {
  private static final String HEAD = "openapi: 3.0.0\npaths:\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("documents")
  void isRefused(String content, String message) throws Exception {
    Path file = Files.writeString(folder.resolve("api"), content);

    assertThatExceptionOfType(BadDocumentException.class)
        .isThrownBy(() -> RouteDrafts.of(OpenApi.read(file), new LeaveOut()))
        .satisfies(e -> assertThat(e.in(Path.of("api"))).contains(message));
  }

  static Stream<Arguments> documents() {
    String bomb =
        IntStream.range(1, 40)
            .mapToObj(i -> "a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1))
            .collect(Collectors.joining("", "a0: &a0 [x]\n", ""));
    return Stream.of(
        Arguments.of("", "api: is empty; give an OpenAPI document, 3.0 or 3.1"),
        Arguments.of("  \n", "is empty; give"),
        Arguments.of("# later\n", "is empty; give"),
        Arguments.of("hello", "it is no object"),
        Arguments.of("[1]", "it is no object"),
        Arguments.of("title: x\n", "has no openapi: 3.1.0 or the like at its top"),
        Arguments.of("{\"swagger\": \"2.0\"}", "is Swagger 2.0; convert it"),
        Arguments.of("swagger: '2.0'\n", "is Swagger 2.0; convert it"),
        Arguments.of("openapi: 3.2.0\npaths: {}\n", "is OpenAPI 3.2.0; 3.0 and 3.1 are read"),
        Arguments.of("openapi: 4.0.0\n", "is OpenAPI 4.0.0"),
        Arguments.of("openapi: 3.0.0\n", "has no paths"),
        Arguments.of("openapi: 3.0.0\npaths: []\n", "has no paths"),
        Arguments.of("openapi: 3.0.0\n  paths: [\n", "api:2:8: is not YAML"),
        Arguments.of("openapi: *nothing\n", "api:1:10: is not YAML"),
        Arguments.of("{\"openapi\": \"3.0.0\",\n\"paths\": }", "api:2:10: is not JSON"),
        Arguments.of("{\"openapi\": \"3.0.0\"", "is not JSON"),
        Arguments.of("{} {}", "something follows its end"),
        Arguments.of("{\"a\":".repeat(300), "is not JSON"),
        Arguments.of("a: " + "[".repeat(300), "is not YAML"),
        Arguments.of("a: &a [*a]\n", "an anchor holds itself"),
        Arguments.of(bomb, "has no openapi: 3.1.0 or the like at its top"),
        Arguments.of("[a]: b\n", "a key must be text"),
        Arguments.of(HEAD + "  /a: {$ref: 'a.yaml'}\n", "api:3:3: /a is in another file; bundle"),
        Arguments.of(HEAD + "  /n: null\n", "api:3:3: /n must be an object"),
        Arguments.of(HEAD + "  /n:\n    get: []\n", "api:4:5: GET /n must be an object"),
        Arguments.of(
            HEAD + "  /n: {$ref: '#/x'}\n", "/n refers to #/x, where the document has no object"),
        Arguments.of(
            HEAD + "  /a: {$ref: '#/x'}\nx: {$ref: '#/paths/~1a'}\n", "leads back to itself"),
        Arguments.of(
            HEAD
                + "  /a:\n    post: {}\n    get: {responses: {'200': {$ref: '#/x'}}}\n"
                + "x: {$ref: '#/y'}\ny: {$ref: '#/x'}\n",
            "leads back to itself"));
  }

  @Test
  void hugeFilesAreNotRead() throws Exception {
    Path file = folder.resolve("huge");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(TreeReader.MOST_OCTETS + 1L);
    }
    assertThatExceptionOfType(BadDocumentException.class)
        .isThrownBy(() -> OpenApi.read(file))
        .withMessage("is larger than 64MiB");
  }

  @Test
  void moreRoutesThanAFileMayHoldAreRefused() throws Exception {
    String paths =
        IntStream.range(0, 40_000)
            .mapToObj("\"/things/%d/of-a-long-name\": {\"get\": {}}"::formatted)
            .collect(Collectors.joining(",\n"));
    Path file =
        Files.writeString(
            folder.resolve("many.json"), "{\"openapi\": \"3.0.0\", \"paths\": {" + paths + "}}");
    OpenApi document = OpenApi.read(file);
    RouteDrafts drafts = RouteDrafts.of(document, new LeaveOut());

    assertThatExceptionOfType(BadDocumentException.class)
        .isThrownBy(() -> RoutesYaml.of(document, drafts, "a"))
        .withMessageStartingWith("makes 40000 routes, more than");
  }

  @Test
  void whatIsNotThereOrNotUtf8IsSaid() throws Exception {
    Path latin = Files.write(folder.resolve("latin"), new byte[] {'a', ':', (byte) 0xe9});

    assertThatExceptionOfType(BadDocumentException.class)
        .isThrownBy(() -> OpenApi.read(latin))
        .withMessage("is not UTF-8");
    assertThatExceptionOfType(BadDocumentException.class)
        .isThrownBy(() -> OpenApi.read(folder.resolve("missing")))
        .withMessage("there is no such file");
    assertThatExceptionOfType(BadDocumentException.class)
        .isThrownBy(() -> OpenApi.read(folder))
        .withMessage("is a folder; name the document in it");
    assertThatExceptionOfType(BadDocumentException.class)
        .isThrownBy(() -> OpenApi.read(Path.of("/dev/null")))
        .withMessageStartingWith("is empty; give");
  }

  /** A thing may hold things of its own kind: that is no reference to itself. */
  @Test
  void recursiveSchemasAreRead() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tree.yaml"),
            HEAD
                + """
                  /nodes:
                    post: {}
                    get:
                      responses:
                        '200':
                          content: {application/json: {schema: {$ref: '#/components/schemas/Node'}}}
                components:
                  schemas:
                    Node: {allOf: [{$ref: '#/components/schemas/Node'}], properties: {items: {type: array}}}
                """);

    assertThat(RouteDrafts.of(OpenApi.read(file), new LeaveOut()).routes())
        .singleElement()
        .extracting(RouteDraft::empty)
        .isEqualTo("{\"items\":[]}");
  }
}
