package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient.Answer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document of RFC 9728, and what challenges say of it. */
class ResourceMetadataTest {
  private static final String PROBE = "probe: {method: GET}";
  private static final String PATH = "/.well-known/oauth-protected-resource/v1";
  private static final String URL = "https://api.example.com" + PATH;
  private static final String CONFIG =
      "resourceMetadata: {resource: https://api.example.com/v1, scopes_supported: [a, b],"
          + " resource_name: 'The \"API\"'}";

  @Test
  void isPublicWhateverTokenComes() throws Exception {
    try (DocumentsWorld world = new DocumentsWorld(CONFIG, PROBE)) {
      String member = world.member("documents:read");
      for (String field : List.of("X-None: 1", "Authorization: Bearer garbage", member)) {
        Answer answer = world.gateway().call("GET", PATH, field);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.value("content-type")).isEqualTo("application/json");
        assertThat(answer.body())
            .isEqualTo(
                "{\"resource\":\"https://api.example.com/v1\",\"authorization_servers\":[\""
                    + world.issuer().issuer()
                    + "\"],\"bearer_methods_supported\":[\"header\"],\"resource_name\":"
                    + "\"The \\\"API\\\"\",\"scopes_supported\":[\"a\",\"b\"]}");
        assertThat(world.gateway().logged(answer.value("x-request-id")))
            .contains("\"decision\":\"local\"");
      }
      assertThat(world.gateway().call("HEAD", PATH).status()).isEqualTo(200);
      assertThat(world.gateway().call("POST", PATH).status()).isEqualTo(401);
      assertThat(world.gateway().call("POST", PATH, member).status()).isEqualTo(404);
      assertThat(world.gateway().call("GET", PATH + "/", member).status()).isEqualTo(404);
      assertThat(world.gateway().call("GET", PATH + "/../v1").status()).isEqualTo(400);
      assertThat(world.api().heads()).isZero();
    }
  }

  @Test
  void every401NamesItAndNoOtherAnswer() throws Exception {
    try (DocumentsWorld world = new DocumentsWorld(CONFIG, PROBE)) {
      String begin = "Bearer realm=\"api\", resource_metadata=\"" + URL + "\"";
      assertThat(challenge(world, "GET", "X-None: 1")).isEqualTo(begin);
      assertThat(challenge(world, "GET", "Authorization: Bearer garbage"))
          .isEqualTo(begin + ", error=\"invalid_token\", error_description=\"malformed\"");
      assertThat(challenge(world, "GET", world.member("transfers:read")))
          .isEqualTo(
              begin
                  + ", error=\"insufficient_user_authentication\", acr_values=\"gold silver\","
                  + " max_age=\"300\"");
      String lister = world.member("documents:list");
      assertThat(
              world
                  .gateway()
                  .call("POST", "/accounts/a1/documents", lister)
                  .value("www-authenticate"))
          .isEqualTo(
              "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"documents:create\"");
    }
  }

  private static String challenge(DocumentsWorld world, String method, String field)
      throws IOException {
    return world
        .gateway()
        .call(method, "/accounts/a1/transfers/1", field)
        .value("www-authenticate");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com,''",
    "https://api.example.com/,''",
    "https://api.example.com:8443/a/b/,/a/b/",
    "https://api.example.com/a%20b?x=1&y,/a%20b?x=1&y",
    "https://api.example.com?x=1,?x=1",
    "https://[::1]:8443/a,/a",
  })
  void itsPlaceFollowsFromTheResource(String resource, String path) throws Exception {
    String config = "resourceMetadata: {resource: '" + resource + "'}";
    try (DocumentsWorld world = new DocumentsWorld(config, PROBE)) {
      Answer answer = world.gateway().call("GET", "/.well-known/oauth-protected-resource" + path);
      assertThat(answer.body()).startsWith("{\"resource\":\"" + resource + "\",");
    }
  }
}
