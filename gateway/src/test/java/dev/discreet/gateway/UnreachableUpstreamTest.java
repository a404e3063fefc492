package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.FullListener;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is answered where no connection to the upstream comes about (SPEC §3). */
class UnreachableUpstreamTest {
  private static final String LEFT_OUT = "discreet_upstream_ejections_total{upstream=\"api\"}";

  private static TestGateway before(String url) throws IOException {
    return TestGateway.start(
        Map.of(
            "gateway.yaml",
            """
            listen: 127.0.0.1:0
            admin: 127.0.0.1:0
            upstreams: {api: {url: '%s', timeouts: {connect: 500ms}}}
            routes:
              - {path: /, upstream: api, methods: {GET: public}}
            """
                .formatted(url)));
  }

  @Test
  void aConnectionThatIsNeitherTakenNorRefusedIs504() throws IOException {
    try (FullListener full = new FullListener();
        TestGateway gateway = before("http://127.0.0.1:" + full.port())) {
      assertThat(gateway.call("GET", "/").status()).isEqualTo(504);
    }
  }

  private static TestGateway before(String response, int... ports) throws IOException {
    String urls =
        Arrays.stream(ports)
            .mapToObj("'http://127.0.0.1:%d'"::formatted)
            .collect(Collectors.joining(", "));
    return TestGateway.start(
        Map.of(
            "gateway.yaml",
            """
            listen: 127.0.0.1:0
            admin: 127.0.0.1:0
            upstreams:
              api:
                urls: [%s]
                timeouts: {connect: 300ms, response: %s}
                health: {failures: 1, eject: 1h}
            routes:
              - {path: /, upstream: api, methods: {POST: public}}
            """
                .formatted(urls, response)));
  }

  /** Nothing was sent, so that any request may go elsewhere (SPEC §6). */
  @Test
  void whereNobodyAnswersTheSynAnotherAddressIsTried() throws IOException {
    try (FullListener full = new FullListener();
        CountingApi well = new CountingApi().owning("/");
        TestGateway gateway = before("15s", full.port(), well.port())) {
      Eventually.holds(
          "it was tried",
          () -> {
            assertThat(gateway.call("POST", "/").status()).isEqualTo(200);
            return gateway.metric(LEFT_OUT) == 1;
          });
    }
  }

  @Test
  void asLongAsTheClientMayBeLetWait() throws IOException {
    try (FullListener one = new FullListener();
        FullListener another = new FullListener();
        FullListener third = new FullListener();
        TestGateway gateway = before("100ms", one.port(), another.port(), third.port())) {
      assertThat(gateway.call("POST", "/").status()).isEqualTo(504);
      assertThat(gateway.metric(LEFT_OUT)).isEqualTo(1);
    }
  }

  @Test
  void aPortWhereNobodyListensIs502() throws IOException {
    ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    free.close();
    try (TestGateway gateway = before("http://127.0.0.1:" + free.getLocalPort())) {
      assertThat(gateway.call("GET", "/").status()).isEqualTo(502);
    }
  }

  /** Whether a name server denies it (RFC 6761 §6.4) or none answers in time. */
  @Test
  void aNameThatDoesNotResolveIs503AndSaysWhenToComeBack() throws IOException {
    try (TestGateway gateway = before("http://api.invalid")) {
      Answer answer = gateway.call("GET", "/");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.value("retry-after")).isNotEmpty();
      assertThat(answer.value("connection")).isEmpty();
    }
  }
}
