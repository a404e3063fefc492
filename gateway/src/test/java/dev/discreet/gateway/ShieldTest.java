package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.RawHttp2.Stream;
import dev.discreet.testing.RawHttp2Server;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of an upstream that become the canonical 404 (SPEC §3, {@code shield}). */
@Timeout(60)
class ShieldTest {
  private static final String ALL = "documents:list documents:read documents:write";
  private static final String UNROUTED = "/nothing";

  private static DocumentsWorld shielding(String shield) throws IOException {
    return new DocumentsWorld("shield: " + shield, "");
  }

  /** Every way that an upstream may say the same, each of which would tell one from the other. */
  private static final List<String> WAYS =
      List.of(
          "HTTP/1.1 %d No\r\nContent-Length: 4\r\n\r\nnone",
          "HTTP/1.1 %d No\r\nContent-Length: 0\r\nSet-Cookie: a=b\r\nConnection: close\r\n\r\n",
          "HTTP/1.1 103 Early\r\nLink: </x>\r\n\r\nHTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 %d No\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nnone\r\n0\r\nX-T: 1\r\n\r\n",
          "HTTP/1.1 %d No\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(300_000),
          "HTTP/1.1 %d No\r\nContent-Length: 9999\r\n\r\ncut");

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410})
  void areTheCanonical404ToTheOctetOnBothProtocols(int status) throws IOException {
    for (String way : WAYS) {
      try (DocumentsWorld world = shielding("[403, 404, 410]");
          RawClient client = new RawClient(world.gateway().address());
          RawHttp2 http2 = new RawHttp2(world.gateway().address())) {
        String member = world.member(ALL);
        world.api().answering(seen -> way.formatted(status));
        String canonical = shape(client, "GET", UNROUTED, member);
        assertThat(canonical).contains("\"status\":404");
        assertThat(shape(client, "GET", OWN, member)).isEqualTo(canonical);
        assertThat(shape(client, "PUT", OWN, member, "Content-Length: 3\r\n\r\nabc"))
            .isEqualTo(canonical);
        String[] fields = {"authorization", member.substring("Authorization: ".length())};
        http2.send(1, RawHttp2.request("GET", UNROUTED, fields)).await(1);
        http2.send(3, RawHttp2.request("GET", OWN, fields)).await(3);
        assertThat(http2.stream(3).shape()).isEqualTo(http2.stream(1).shape());
        assertThat(world.api().seen()).hasSize(3);
      }
    }
  }

  private static String shape(RawClient client, String method, String path, String member)
      throws IOException {
    return shape(client, method, path, member, "\r\n");
  }

  /** {@return what is answered on a connection that lives on} */
  private static String shape(
      RawClient client, String method, String path, String member, String rest) throws IOException {
    String head = method + " " + path + " HTTP/1.1\r\nHost: a\r\n" + member + "\r\n";
    return client.send(head + rest).read(method).shape();
  }

  @Test
  void headHasTheHeadOfTheCanonical404() throws IOException {
    try (DocumentsWorld world = shielding("[4xx]")) {
      String member = world.member(ALL);
      world.api().answering(seen -> "HTTP/1.1 404 No\r\nContent-Length: 77\r\n\r\n");
      assertThat(world.gateway().call("HEAD", OWN, member).shape())
          .isEqualTo(world.gateway().call("HEAD", UNROUTED, member).shape());
    }
  }

  @Test
  void theConnectionToTheUpstreamServesOn() throws IOException {
    try (DocumentsWorld world = shielding("[404]");
        RawClient client = new RawClient(world.gateway().address())) {
      String member = world.member(ALL);
      world.api().answering(seen -> WAYS.getFirst().formatted(404));
      for (int i = 0; i < 3; i++) {
        assertThat(shape(client, "GET", OWN, member)).contains("Not Found");
      }
      assertThat(world.api().accepted()).isEqualTo(1);
    }
  }

  @Test
  void otherAnswersAreTheUpstreams() throws IOException {
    try (DocumentsWorld world = shielding("[403]")) {
      world.api().answering(seen -> WAYS.getFirst().formatted(404));
      assertThat(world.gateway().call("GET", OWN, world.member(ALL)).body()).isEqualTo("none");
    }
  }

  /** Which interim answers an upstream sends may tell what it is going to say. */
  @Test
  void continueIsSaidByTheGateway() throws IOException {
    try (DocumentsWorld world = shielding("[404]");
        RawClient client = new RawClient(world.gateway().address())) {
      world.api().answering(seen -> WAYS.getFirst().formatted(404));
      String member = world.member(ALL);
      client.send(
          "PUT %s HTTP/1.1\r\nHost: a\r\n%s\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
              .formatted(OWN, member));
      assertThat(client.read("PUT").status()).isEqualTo(100);
      assertThat(client.send("abc").read("PUT").status()).isEqualTo(404);
      assertThat(world.api().seen().getFirst().values("expect")).isEmpty();
      assertThat(world.api().seen().getFirst().body()).isEqualTo("abc");
    }
  }

  @Test
  void noOtherInterimAnswerIsRelayedBeforeOneThatPasses() throws IOException {
    try (DocumentsWorld world = shielding("[404]")) {
      world
          .api()
          .answering(
              seen ->
                  "HTTP/1.1 103 Early\r\nLink: </x>\r\n\r\n"
                      + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      assertThat(world.gateway().call("GET", OWN, world.member(ALL)).status()).isEqualTo(200);
    }
  }

  /** A 101 is none of the interim answers: it is the last there is. */
  @Test
  void anUpgradePasses() throws IOException {
    try (DocumentsWorld world = shielding("[404]");
        RawClient client = new RawClient(world.gateway().address())) {
      world
          .api()
          .answering(
              seen ->
                  "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n"
                      + "Upgrade: websocket\r\n\r\nframes");
      client.send(
          "GET %s HTTP/1.1\r\nHost: a\r\n%s\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
              .formatted(OWN, world.member(ALL)));
      assertThat(client.read("GET").status()).isEqualTo(101);
      assertThat(new String(client.input().readNBytes(6), StandardCharsets.US_ASCII))
          .isEqualTo("frames");
    }
  }

  /** What a gateway, an upstream and a route say: the nearest to the route counts. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, -, 403",
        "[403], -, -, 404",
        "[403], [410], -, 403",
        "-, [403], -, 404",
        "[403], [403], [], 403",
        "-, -, [403], 404",
        "[403], [404], [4xx], 404"
      },
      delimiter = ',',
      quoteCharacter = '"')
  void theNearestToTheRouteCounts(String ofGateway, String ofUpstream, String ofRoute, int expected)
      throws IOException {
    try (CountingApi api = new CountingApi();
        TestGateway gateway =
            TestGateway.start(
                Map.of(
                    "gateway.yaml",
                    """
                    listen: 127.0.0.1:0
                    admin: 127.0.0.1:0
                    %s
                    upstreams: {api: {url: '%s'%s}}
                    routes: [{path: /a, upstream: api, methods: {GET: public}%s}]
                    """
                        .formatted(
                            ofGateway == null ? "" : "shield: " + ofGateway,
                            api.url(),
                            ofUpstream == null ? "" : ", shield: " + ofUpstream,
                            ofRoute == null ? "" : ", shield: " + ofRoute)))) {
      api.answering(seen -> WAYS.getFirst().formatted(403));
      assertThat(gateway.call("GET", "/a").status()).isEqualTo(expected);
    }
  }

  /** By the route's knownTo, which here is to hold documents:list. */
  @ParameterizedTest
  @CsvSource({"documents:read, 404", "documents:read documents:list, 403"})
  void unlessKnownLeavesItToWhoMayKnow(String permissions, int expected) throws IOException {
    try (DocumentsWorld world = shielding("{statuses: [403], unlessKnown: true}")) {
      world.api().answering(seen -> WAYS.getFirst().formatted(403));
      Answer answer = world.gateway().call("GET", OWN, world.member(permissions));
      assertThat(answer.status()).isEqualTo(expected);
    }
  }

  @Test
  void theLogSaysWhatWasReplaced() throws Exception {
    try (DocumentsWorld world = shielding("[403]")) {
      world.api().answering(seen -> WAYS.getFirst().formatted(403));
      Answer answer = world.gateway().call("GET", OWN, world.member(ALL));
      LogLine line = LogLine.of(world.gateway(), answer);
      assertThat(line.get("decision")).isEqualTo("forward");
      assertThat(line.get("row")).isEqualTo("5");
      assertThat(line.get("status")).isEqualTo("404");
      assertThat(line.get("reason")).isEqualTo("upstream: answered 403, shielded");
    }
  }

  @Test
  void aRouteThatObservesCountsAlone() throws Exception {
    try (DocumentsWorld world = shielding("[403]\nmode: observe")) {
      world.api().answering(seen -> WAYS.getFirst().formatted(403));
      Answer answer = world.gateway().call("GET", OWN, world.member(ALL));
      assertThat(answer.status()).isEqualTo(403);
      LogLine line = LogLine.of(world.gateway(), answer);
      assertThat(line.get("observed_status")).isEqualTo("404");
      assertThat(line.get("observed_decision")).isEqualTo("concealed");
    }
  }

  /** Trailers alone, or after a message, which is too late. */
  @ParameterizedTest
  @CsvSource({"7, false, 5", "5, false, 5", "13, false, 13", "7, true, 7"})
  void ofGrpcTheStatusIsThatOfItsTrailers(String said, boolean afterData, String expected)
      throws IOException {
    try (RawHttp2Server api =
            new RawHttp2Server(
                request -> {
                  if (afterData) {
                    request.head(RawHttp2.END_HEADERS, ":status", "200");
                    request.frame(RawHttp2.DATA, RawHttp2.NONE, new byte[5]);
                    request.head(RawHttp2.END_HEADERS | RawHttp2.END_STREAM, "grpc-status", said);
                  } else {
                    request.head(
                        RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                        ":status",
                        "200",
                        "content-type",
                        "application/grpc",
                        "grpc-status",
                        said);
                  }
                });
        TestGateway gateway =
            TestGateway.start(
                Map.of(
                    "gateway.yaml",
                    """
                    listen: 127.0.0.1:0
                    admin: 127.0.0.1:0
                    upstreams: {api: {url: '%s', protocol: h2}}
                    routes: [{path: /a, upstream: api, methods: {POST: public}, shield: [4xx]}]
                    """
                        .formatted(api.url())));
        RawHttp2 client = new RawHttp2(gateway.address())) {
      String[] grpc = {"content-type", "application/grpc+proto", "te", "trailers"};
      Stream stream = client.send(1, RawHttp2.request("POST", "/a", grpc)).await(1);
      assertThat(stream.value("grpc-status")).isEqualTo(expected);
      if (expected.equals("5")) {
        assertThat(stream.heads()).hasSize(1);
        assertThat(stream.value("grpc-message")).isEqualTo("Not Found");
      }
    }
  }

  /** It counts as any other canonical 404 does. */
  @Test
  void isChargedByTheGuard() throws IOException {
    try (DocumentsWorld world = shielding("[403]\nguard: {refusals: 3/min}")) {
      world.api().answering(seen -> WAYS.getFirst().formatted(403));
      String member = world.member(ALL);
      for (int i = 0; i < 3; i++) {
        assertThat(world.gateway().call("GET", OWN, member).status()).isEqualTo(404);
      }
      assertThat(world.gateway().call("GET", OWN, member).status()).isEqualTo(429);
    }
  }
}
