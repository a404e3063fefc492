package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.CountingApi.Seen;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code headers} of the gateway and of a route, and {@code location} of a rewritten host. */
class HeaderChangesTest {
  @SuppressWarnings("NullAway.Init")
  private CountingApi api;

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  @BeforeEach
  void start() throws IOException {
    api = new CountingApi();
    gateway =
        TestGateway.start(
            Map.of(
                "secret",
                "k3y\n",
                "gateway.yaml",
                """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                upstreams: {api: {url: '%s/base', host: rewrite}}
                headers:
                  request: {set: {x-api-key: {file: secret}}, remove: [x-debug]}
                  response: {set: {x-frame-options: DENY}, remove: [server, x-powered-by]}
                routes:
                  - {path: /v1/inherits/**, upstream: api, stripPrefix: /v1, methods: {GET: public, POST: public}}
                  - path: /own
                    upstream: api
                    methods: {GET: public}
                    headers: {response: {set: {x-own: "1"}}}
                """
                    .formatted(api.url())));
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    api.close();
  }

  private void answering(String fields) {
    api.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + fields + "\r\n");
  }

  @Test
  void whatIsSetIsSetInPlaceOfWhatOthersSay() throws IOException {
    answering("X-Frame-Options: ALLOW\r\nx_frame_options: ALLOW\r\n");
    Answer answer =
        gateway.call(
            "GET", "/v1/inherits/a", "X-Api-Key: forged", "x_api.key: forged", "X-Other: kept");
    Seen seen = api.seen().getLast();
    assertThat(seen.values("x-api-key")).containsExactly("k3y");
    assertThat(seen.values("x_api.key")).isEmpty();
    assertThat(seen.values("x-other")).containsExactly("kept");
    assertThat(answer.value("x-frame-options")).isEqualTo("DENY");
    assertThat(answer.value("x_frame_options")).isEmpty();
  }

  @Test
  void whatIsRemovedGoesNoFurtherNorInInterimAnswersNorTrailers() throws IOException {
    api.answering(
        request ->
            "HTTP/1.1 103 Early Hints\r\nServer: secret/1\r\nLink: </a>\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nServer: secret/1\r\nX_Powered_By: it\r\nTransfer-Encoding:"
                + " chunked\r\n\r\n0\r\nServer: secret/1\r\nX-Kept: 1\r\n\r\n");
    String answer;
    try (RawClient client = new RawClient(gateway.address())) {
      answer =
          client
              .send(
                  TestGateway.request(
                      "POST",
                      "/v1/inherits/a",
                      "Connection: close",
                      "X-Debug: 1",
                      "X_Debug: 1",
                      "Transfer-Encoding: chunked\r\n\r\n0\r\nX-Debug: 1\r\nX-Kept: 1"))
              .readToEnd();
    }
    Seen seen = api.seen().getLast();
    assertThat(seen.values("x-debug")).isEmpty();
    assertThat(seen.values("x_debug")).isEmpty();
    assertThat(seen.body()).isEqualTo("\ntrailer x-kept: 1");
    assertThat(answer)
        .startsWith("HTTP/1.1 103 ")
        .doesNotContain("secret/1", "Powered")
        .contains("HTTP/1.1 200 ", "X-Kept: 1");
  }

  @Test
  void aRoutesOwnStandInPlaceOfTheGateways() throws IOException {
    answering("Server: s\r\n");
    Answer answer = gateway.call("GET", "/own", "X-Debug: 1");
    assertThat(answer.value("x-own")).isEqualTo("1");
    assertThat(answer.value("x-frame-options")).isEmpty();
    assertThat(answer.value("server")).isEqualTo("s");
    assertThat(api.seen().getLast().values("x-api-key")).isEmpty();
    assertThat(api.seen().getLast().values("x-debug")).containsExactly("1");
  }

  @Test
  void theGatewaysOwnAnswersStayAsTheyAre() throws IOException {
    Answer answer = gateway.call("GET", "/none");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.value("x-frame-options")).isEmpty();
  }

  @Test
  void aLocationThatNamesTheUpstreamIsTheClientsView() throws IOException {
    answering("Location: " + api.url() + "/base/inherits/b?c=d\r\n");
    Answer answer = gateway.call("GET", "/v1/inherits/a");
    Seen seen = api.seen().getLast();
    assertThat(seen.target()).isEqualTo("/base/inherits/a");
    assertThat("http://" + seen.values("host").getFirst()).isEqualTo(api.url());
    assertThat(answer.value("location")).isEqualTo("http://api.test/v1/inherits/b?c=d");
  }
}
