package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Event streams and streams of gRPC end when their caller may no longer have them (SPEC §4). */
@Timeout(60)
class LiveStreamTest {
  private static final String EVENTS =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "Content-Type: text/event-stream; charset=utf-8",
          "Transfer-Encoding: chunked",
          "",
          "5",
          "data:",
          "");
  private static final String BODY = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ndata:";
  private static final int RST_STREAM = 3;

  private final TestIssuer issuer;
  private final CountingApi api;
  private final TestGateway gateway;

  LiveStreamTest() throws Exception {
    issuer = new TestIssuer();
    api = new CountingApi();
    gateway = TestGateway.start(Map.of("gateway.yaml", configuration("alice", "[sub]")));
  }

  private String configuration(String member, String groups) {
    return """
        listen: 127.0.0.1:0
        admin: 127.0.0.1:0
        issuers: {main: {issuer: '%s', audiences: [tests], jwks: '%s/jwks', groupsFrom: %s}}
        upstreams: {api: {url: '%s'}}
        routes:
          - {path: '/pub', upstream: api, methods: {GET: public, POST: public}}
          - {path: '/news', upstream: api, methods: {GET: news, POST: news}}
        grants:
          - {to: {subject: %s}, permissions: [news], resources: /news}
        """
        .formatted(issuer.issuer(), issuer.issuer(), groups, api.url(), member);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    api.close();
    issuer.close();
  }

  private String token() {
    return "Bearer " + issuer.token("alice", Map.of());
  }

  /** Sends a request, and reads up to the data that the API has said so far. */
  private RawClient begun(String path) throws IOException {
    RawClient client = new RawClient(gateway.address());
    client.send(TestGateway.request("GET", path, "Authorization: " + token()));
    StringBuilder got = new StringBuilder();
    while (got.indexOf("data:") < 0) {
      got.append((char) client.input().read());
    }
    return client;
  }

  private void takingAway() throws IOException {
    gateway.taking(() -> gateway.write("gateway.yaml", configuration("bob", "[sub]")));
  }

  @Test
  void eventsEndWithTheRightToThem() throws IOException {
    api.answering(request -> EVENTS);
    try (RawClient stranger = begun("/pub");
        RawClient client = begun("/news")) {
      takingAway();
      assertThat(client.readToEnd()).as("cut, not completed").doesNotContain("0\r\n\r\n");
      assertThat(gateway.logged("\"path\":\"/news\""))
          .contains("\"status\":200", "its caller may no longer have it");
      assertThat(gateway.log()).as("what is still permitted goes on").doesNotContain("/pub\",");
      assertThat(stranger.readFor(300)).isEqualTo("\r\n");
    }
  }

  /** Its caller might be another, had the token been read by these rules. */
  @Test
  void eventsEndWithTheRulesOfTheirIssuer() throws IOException {
    api.answering(request -> EVENTS);
    try (RawClient client = begun("/news")) {
      gateway.taking(() -> gateway.write("gateway.yaml", configuration("alice", "[groups]")));
      assertThat(client.readToEnd()).doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  void aPlainBodyIsNeverCut() throws IOException {
    api.answering(request -> request.target().equals("/news") ? BODY : EVENTS);
    try (RawClient client = begun("/news");
        RawClient _ = begun("/pub")) {
      takingAway();
      assertThat(client.readFor(500)).isEmpty();
      assertThat(gateway.log()).doesNotContain("\"path\":\"/news\"");
    }
  }

  @Test
  void streamsOfGrpcEndToo() throws IOException {
    api.answering(request -> BODY.replace("100", "100\r\nContent-Type: application/grpc"));
    try (RawHttp2 client = new RawHttp2(gateway.address())) {
      List<String> call =
          RawHttp2.request(
              "POST", "/news", "content-type", "application/grpc", "authorization", token());
      client.send(1, call);
      assertThat(client.awaitFrame(RawHttp2.DATA)).isTrue();
      takingAway();
      assertThat(client.awaitFrame(RST_STREAM)).isTrue();
      assertThat(client.stream(1).ended()).isFalse();
    }
  }
}
