package dev.discreet.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.discreet.testing.GatewayProcess;
import dev.discreet.testing.LinuxMemory;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a connection costs that was answered once and rests. What was measured is added to {@code
 * target/idle.csv}. In its long form each end needs 10,000 file descriptors and some.
 */
class IdleConnectionsTest {
  private static final boolean LONG = Boolean.getBoolean("discreet.soak");
  private static final int CONNECTIONS = LONG ? 10_000 : 500;
  private static final int WARM_UP = LONG ? 2_000 : 500;

  /** The heap is of one size throughout, so that resident memory does not grow by its growth. */
  private static final List<String> HEAP = List.of("-Xmx256m", "-Xms256m", "-XX:+AlwaysPreTouch");

  @TempDir private Path folder;

  enum Protocol {
    HTTP1(8) {
      @Override
      AutoCloseable rest(InetSocketAddress gateway) throws IOException {
        RawClient client = new RawClient(gateway);
        int status = client.send(TestGateway.request("GET", "/")).read("GET").status();
        assertThat(status).isEqualTo(401);
        return client;
      }
    },
    HTTP2(24) {
      @Override
      AutoCloseable rest(InetSocketAddress gateway) throws IOException {
        RawHttp2 client = new RawHttp2(gateway).send(1, RawHttp2.request("GET", "/"));
        assertThat(client.await(1).status()).isEqualTo(401);
        return client;
      }
    };

    /** KiB of heap that one may cost. */
    private final int most;

    Protocol(int most) {
      this.most = most;
    }

    /** Opens a connection and has a request answered. */
    abstract AutoCloseable rest(InetSocketAddress gateway) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void eachCostsLittle(Protocol protocol) throws Exception {
    assumeTrue(LinuxMemory.isThere(), "needs Linux: /proc tells what a process holds");
    String config =
        """
        listen: 127.0.0.1:0
        admin: 127.0.0.1:0
        log: {requests: false}
        limits: {connections: 20000}
        timeouts: {idle: 10m}
        upstreams: {api: {url: 'http://127.0.0.1:1'}}
        routes: []
        """;
    try (GatewayProcess gateway =
        new GatewayProcess(
            folder,
            Map.of("gateway.yaml", config),
            Stream.concat(HEAP.stream(), Vitals.OPTIONS.stream()).toArray(String[]::new))) {
      close(rest(protocol, gateway, WARM_UP));
      Vitals before = Vitals.of(gateway);
      List<AutoCloseable> resting = rest(protocol, gateway, CONNECTIONS);
      Vitals after = Vitals.of(gateway);
      close(resting);

      double heap = (double) (after.heap() - before.heap()) / CONNECTIONS;
      double direct = (double) (after.direct() - before.direct()) / CONNECTIONS;
      double resident = (double) (after.resident() - before.resident()) / CONNECTIONS;
      Files.writeString(
          Path.of("target", "idle.csv"),
          "%s,%d,%.2f,%.2f,%.2f\n".formatted(protocol, CONNECTIONS, heap, direct, resident),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      assertThat(after.descriptors() - before.descriptors()).isGreaterThanOrEqualTo(CONNECTIONS);
      assertThat(heap).as("KiB of heap for each").isBetween(0.5, (double) protocol.most);
    }
  }

  private static List<AutoCloseable> rest(Protocol protocol, GatewayProcess gateway, int many)
      throws Exception {
    List<AutoCloseable> clients = new ArrayList<>(many);
    for (int i = 0; i < many; i++) {
      clients.add(protocol.rest(gateway.address()));
    }
    return clients;
  }

  private static void close(List<AutoCloseable> clients) throws Exception {
    for (AutoCloseable client : clients) {
      client.close();
    }
  }
}
