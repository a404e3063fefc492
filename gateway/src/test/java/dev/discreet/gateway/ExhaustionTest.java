package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.GatewayProcess;
import dev.discreet.testing.LinuxMemory;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is used up gives way to what there is, and comes back. In processes that have little. */
class ExhaustionTest {
  private static final String REQUEST = TestGateway.request("GET", "/public");

  /** By a heap of 32 MiB, of which a collector keeps some to itself. */
  private static final int STREAMS = 100;

  private static final int CONNECTIONS = 6;

  @TempDir private Path folder;

  private static Map<String, String> files(CountingApi api) {
    return Map.of(
        "gateway.yaml",
        """
        listen: 127.0.0.1:0
        admin: 127.0.0.1:0
        upstreams: {api: {url: '%s', connections: {perHost: 1000, pending: 1000}}}
        routes:
          - {path: /public, upstream: api, methods: {GET: public}}
        """
            .formatted(api.url()));
  }

  /** L-14. */
  @Test
  void requestsBeyondWhatTheHeapHasRoomForAre503AndTheOthersAreServed() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (CountingApi api = new CountingApi().owning("/public");
        GatewayProcess gateway =
            new GatewayProcess(
                folder,
                files(api),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:MaxDirectMemorySize=128m")) {
      api.answering(request -> answerAfter(release));
      InetSocketAddress address = gateway.address();
      List<RawHttp2> clients = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        RawHttp2 client = new RawHttp2(address);
        clients.add(client);
        for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
          client.send(stream, RawHttp2.request("GET", "/public"));
        }
      }
      Eventually.holds(
          "each waits or is shed", () -> api.heads() + shed(gateway) == CONNECTIONS * STREAMS);
      int served = api.heads();
      assertThat(served).as("by 64 KiB of heap each").isBetween(400, 512);
      assertThat(gateway.output()).containsOnlyOnce("requests are in flight");
      try (RawClient other = new RawClient(address)) {
        RawClient.Answer shed = other.send(REQUEST).read("GET");
        assertThat(shed.status()).isEqualTo(503);
        assertThat(shed.value("retry-after")).isNotEmpty();
        assertThat(shed.value("connection")).isEqualTo("close");
      }
      release.countDown();
      assertThat(statuses(clients))
          .isEqualTo(Map.of(200, served, 503, CONNECTIONS * STREAMS - served));
      try (RawClient next = new RawClient(address)) {
        assertThat(next.send(REQUEST).read("GET").status()).as("afterwards").isEqualTo(200);
      }
    }
  }

  private static int shed(GatewayProcess gateway) {
    return gateway.output().split("\"status\":503", -1).length - 1;
  }

  private static Map<Integer, Integer> statuses(List<RawHttp2> clients) throws IOException {
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (RawHttp2 client : clients) {
      for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
        statuses.merge(client.await(stream).status(), 1, Integer::sum);
      }
      client.close();
    }
    return statuses;
  }

  private static String answerAfter(CountDownLatch release) {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
  }

  @Test
  void withoutFileDescriptorsThereIsNoFurtherConnectionUntilOneIsFree() throws Exception {
    assumeTrue(LinuxMemory.isThere(), "needs Linux: its shell and its count of descriptors");
    try (CountingApi api = new CountingApi().owning("/public");
        GatewayProcess gateway = GatewayProcess.withDescriptors(160, folder, files(api));
        RawClient first = new RawClient(gateway.address())) {
      assertThat(first.send(REQUEST).read("GET").status()).isEqualTo(200);
      List<RawClient> flood = new ArrayList<>();
      for (int i = 0; i < 160; i++) {
        flood.add(new RawClient(gateway.address()));
      }
      Eventually.holds(
          "it is told", () -> gateway.output().contains("no connection can be accepted on"));
      assertThat(first.send(REQUEST).read("GET").status()).as("unharmed").isEqualTo(200);
      for (RawClient one : flood) {
        one.close();
      }
      try (RawClient next = new RawClient(gateway.address())) {
        assertThat(next.send(REQUEST).read("GET").status()).as("afterwards").isEqualTo(200);
      }
      assertThat(gateway.output().split("no connection can be accepted on", -1))
          .as("told once, in a line and not in a stack trace")
          .hasSize(2);
      assertThat(gateway.output()).doesNotContain("exceptionCaught");
    }
  }
}
