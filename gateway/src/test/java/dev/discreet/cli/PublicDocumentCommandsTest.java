package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of the document of RFC 9728. */
class PublicDocumentCommandsTest {
  private static final String DOCUMENT = "/.well-known/oauth-protected-resource/v1";
  private static final String METADATA =
      "resourceMetadata: {resource: https://api.example.com/v1}\n";
  private static final String POLICY =
      """
      issuers: {main: {issuer: https://id.example.com, audiences: [a], jwks: https://id.example.com/certs}}
      upstreams: {api: {url: "http://127.0.0.1:1"}}
      routes:
        - {path: /.well-known/oauth-protected-resource/v1, upstream: api, methods: {GET: d:read, PUT: authenticated}}
      """;
  private static final String BODY =
      "{\"resource\":\"https://api.example.com/v1\",\"authorization_servers\":[\"https://id.example.com\"],"
          + "\"bearer_methods_supported\":[\"header\"]}";

  @TempDir private Path folder;

  @BeforeEach
  void policies() throws Exception {
    write("config", METADATA + POLICY);
    write("before", POLICY);
  }

  private void write(String name, String gateway) throws Exception {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(folder.resolve(name).resolve("gateway.yaml"), gateway);
  }

  private Run run(String command, String... arguments) {
    List<String> all =
        new ArrayList<>(List.of(command, "--config", folder.resolve("config").toString()));
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new));
  }

  @Test
  void explainSaysWhatIsAnsweredAndThatNothingElseIsLookedAt() {
    String expected =
        """
        200: the document of RFC 9728, the same whoever asks
          %s

        0 request     read in one way only
          document    answered before anybody asks who calls, or for a route
        """
            .formatted(BODY);
    assertThat(run("explain", "GET", DOCUMENT).out()).isEqualToNormalizingNewlines(expected);
    assertThat(run("explain", "--claims", "{\"sub\":\"ann\"}", "HEAD", DOCUMENT).out())
        .isEqualToNormalizingNewlines(expected);
    assertThat(run("explain", "--token", "garbage", "GET", DOCUMENT + "?any=query").out())
        .startsWith("200: the document");
    assertThat(run("explain", "POST", DOCUMENT).out()).startsWith("row 3, 401");
    assertThat(run("explain", "GET", DOCUMENT + "/").out()).startsWith("row 3, 401");
  }

  @Test
  void explainTellsProgramsToo() {
    assertThat(run("explain", "--format", "json", "GET", DOCUMENT).out())
        .contains("\"answer\" : \"200\"", "\"decision\" : \"local\"", "\"read\" : true")
        .contains("\"reason\" : \"the document of RFC 9728")
        .doesNotContain("\"row\"", "\"caller\"", "\"route\"");
    assertThat(run("explain", "--format", "json", "POST", DOCUMENT).out())
        .contains("\"decision\" : \"unauthenticated\"", "\"row\" : \"3\"");
  }

  @Test
  void testsExpectIt() throws Exception {
    Files.createDirectories(folder.resolve("tests"));
    Path file = folder.resolve("tests/document.yaml");
    Files.writeString(
        file,
        """
        callers: {ann: {claims: {sub: ann}}}
        tests:
          - {as: [anonymous, ann], do: [GET %1$s, HEAD %1$s], expect: {answer: 200, body: '%2$s'}}
          - {as: anonymous, do: POST %1$s, expect: 401}
          - {as: ann, do: PUT %1$s, expect: forward}
        """
            .formatted(DOCUMENT, BODY));
    assertThat(run("test").out())
        .contains("routes 1 of 1, methods 1 of 2")
        .contains("6 tests: 6 passed, 0 failed");
    Files.writeString(
        file, "tests: [{as: anonymous, do: GET " + DOCUMENT + ", expect: {row: 3}}]\n");
    assertThat(run("test").out())
        .contains("row      expected 3, got none", "  document    answered before");
    assertThat(run("test", "--format", "json").out()).contains("\"answer\" : \"200\"");
  }

  @Test
  void tableShowsItBeforeAllRoutesAndOnce() {
    assertThat(run("table").out())
        .startsWith(
            """
            method  path                                      anonymous  any token
            GET     /.well-known/oauth-protected-resource/v1  200        200
            PUT     /.well-known/oauth-protected-resource/v1  401        forward
            """);
    assertThat(run("table", "--format", "html").out())
        .contains(
            "<b class=\"told\" title=\"the document of RFC 9728, the same whoever asks\">200");
    assertThat(run("table", "--format", "json").out()).contains("\"answer\" : \"200\"");
  }

  @Test
  void aDifferenceShowsThatItBecomesPublic() {
    assertThat(run("table", "--diff", folder.resolve("before").toString()).out())
        .startsWith("GET " + DOCUMENT + ", anonymous: 401 -> 200")
        .contains("GET " + DOCUMENT + ", any token: 403 / 404 -> 200");
  }
}
