package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Eventually;
import dev.discreet.testing.GatewayProcess;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import dev.discreet.upstream.RawUpstream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for large answers and do not read them. */
@Timeout(120)
class SlowReadersTest {
  private static final int READERS = 300;
  private static final long MOST_EACH = 128 << 10;
  private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String DIRECT = "jvm_buffer_memory_used_bytes{id=\"direct\"} ";

  @TempDir private Path folder;
  private final AtomicLong sentNanos = new AtomicLong(System.nanoTime());

  private static Map<String, String> files(RawUpstream api) {
    return Map.of(
        "gateway.yaml",
        """
        listen: 127.0.0.1:0
        admin: 127.0.0.1:0
        upstreams: {api: {url: 'http://127.0.0.1:%d', connections: {perHost: 1000}}}
        routes:
          - {path: /large, upstream: api, methods: {GET: public}}
        """
            .formatted(api.port()));
  }

  /** Sends as much as it is let. */
  private void serve(Socket connection, int number) throws IOException {
    RawUpstream.readHead(connection);
    RawUpstream.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
    byte[] part = new byte[64 << 10];
    while (true) {
      connection.getOutputStream().write(part);
      sentNanos.set(System.nanoTime());
    }
  }

  @Test
  void whatEachHoldsIsBounded() throws Exception {
    try (RawUpstream api = new RawUpstream(this::serve);
        GatewayProcess gateway =
            new GatewayProcess(folder, files(api), "-Xmx256m", "-XX:MaxDirectMemorySize=512m")) {
      long before = direct(gateway);
      List<RawClient> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(new RawClient(gateway.address()).send(TestGateway.request("GET", "/large")));
      }
      for (RawClient reader : readers) {
        assertThat(reader.input().read()).isEqualTo('H');
      }
      Eventually.holds("nothing moves", this::isStill);
      long each = (direct(gateway) - before) / READERS;
      assertThat(each).as("octets of direct memory").isBetween(1L, MOST_EACH);
      for (RawClient reader : readers) {
        reader.close();
      }
    }
  }

  private boolean isStill() {
    return System.nanoTime() - sentNanos.get() > STILL_NANOS;
  }

  private static long direct(GatewayProcess gateway) throws Exception {
    try (RawClient client = new RawClient(gateway.admin())) {
      String metrics =
          client.send(TestGateway.request("GET", "/metrics", "Connection: close")).readToEnd();
      return metrics
          .lines()
          .filter(line -> line.startsWith(DIRECT))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(DIRECT.length())))
          .findFirst()
          .orElseThrow();
    }
  }
}
