package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is answered where no connection to the upstream comes about (SPEC §3). */
class UnreachableUpstreamTest {
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
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> queue = fill(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));
      try (TestGateway gateway = before("http://127.0.0.1:" + full.getLocalPort())) {
        assertThat(gateway.call("GET", "/").status()).isEqualTo(504);
      }
      for (Socket waiting : queue) {
        waiting.close();
      }
    }
  }

  /** Nobody accepts; {@return the connections that wait, once no other may} */
  private static List<Socket> fill(InetSocketAddress address) throws IOException {
    List<Socket> queue = new ArrayList<>();
    while (queue.size() < 100) {
      Socket socket = new Socket();
      try {
        socket.connect(address, 1000);
        queue.add(socket);
      } catch (SocketTimeoutException full) {
        socket.close();
        return queue;
      }
    }
    throw new AssertionError("a backlog of 1 took 100 connections");
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
