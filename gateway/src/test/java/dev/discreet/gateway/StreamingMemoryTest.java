package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.discreet.testing.GatewayProcess;
import dev.discreet.testing.LinuxMemory;
import dev.discreet.testing.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * 1 GiB in each direction through a gateway with a heap of 256 MiB, to a reader that is slow and
 * stops for 10 s. Measured from outside, by what the kernel says of the process and its sockets.
 */
class StreamingMemoryTest {
  private static final long MIB = 1 << 20;
  private static final long WHOLE = 1024 * MIB;
  private static final long WARM_UP = 128 * MIB;
  private static final long MOST_GROWTH = 32 * MIB;
  private static final long MOST_HELD = 2 * MIB;
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** What a reader does in the midst. */
  private interface Interlude {
    void with(SlowFlow flow, Socket client, Socket upstream) throws Exception;
  }

  private static final Interlude GO_ON = (flow, client, upstream) -> {};

  @Test
  @Timeout(120)
  void whatIsHeldDoesNotGrowWithTheBodyNorWithTheReadersSlowness(@TempDir Path folder)
      throws Exception {
    assumeTrue(
        LinuxMemory.isThere(), "needs Linux: /proc tells what a process and its sockets hold");
    try (ServerSocketChannel api =
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        GatewayProcess gateway =
            new GatewayProcess(folder, Map.of("gateway.yaml", config(api)), "-Xmx256m")) {
      warmUp(gateway, api);
      LinuxMemory.forgetPeak(gateway.pid());
      long before = LinuxMemory.resident(gateway.pid());

      upload(gateway, api, WHOLE, StreamingMemoryTest::pause);
      long afterUpload = LinuxMemory.peak(gateway.pid()) - before;
      download(gateway, api, WHOLE, StreamingMemoryTest::pause);
      long afterDownload = LinuxMemory.peak(gateway.pid()) - before;
      upgraded(gateway, api, WHOLE / 4, StreamingMemoryTest::pause);
      long afterUpgrade = LinuxMemory.peak(gateway.pid()) - before;

      assertThat(afterUpload).as("growth up to its peak, 1 GiB up").isLessThan(MOST_GROWTH);
      assertThat(afterDownload).as("and with 1 GiB down").isLessThan(MOST_GROWTH);
      assertThat(afterUpgrade).as("and on an upgraded connection").isLessThan(MOST_GROWTH);
    }
  }

  /** As long as it takes until the heap has been filled and tidied a few times. */
  private static void warmUp(GatewayProcess gateway, ServerSocketChannel api) throws Exception {
    upload(gateway, api, WARM_UP, GO_ON);
    download(gateway, api, WARM_UP, GO_ON);
    String requests =
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(999)
            + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    for (int i = 0; i < 30; i++) {
      try (RawClient client = new RawClient(gateway.address())) {
        String answers = client.send(requests).readToEnd();
        assertThat(RawClient.statuses(answers)).hasSize(1000).containsOnly(401);
      }
    }
  }

  private static String config(ServerSocketChannel api) {
    return """
    listen: 127.0.0.1:0
    log: {requests: false}
    admin: 127.0.0.1:0
    upstreams: {files: {url: 'http://127.0.0.1:%d'}}
    routes:
      - {path: /file, upstream: files, methods: {GET: public, PUT: public}}
    """
        .formatted(api.socket().getLocalPort());
  }

  private static void upload(
      GatewayProcess gateway, ServerSocketChannel api, long octets, Interlude interlude)
      throws Exception {
    try (SocketChannel client = SocketChannel.open(gateway.address())) {
      write(client, "PUT /file HTTP/1.1\r\nHost: a\r\nContent-Length: " + octets + "\r\n\r\n");
      try (SocketChannel upstream = api.accept()) {
        assertThat(readHead(upstream)).startsWith("PUT /file ");
        try (SlowFlow flow = new SlowFlow(client, upstream, octets)) {
          flow.take(octets / 4);
          interlude.with(flow, client.socket(), upstream.socket());
          flow.takeAll();
        }
        write(upstream, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        assertThat(readHead(client)).startsWith("HTTP/1.1 204 ");
      }
    }
  }

  private static void download(
      GatewayProcess gateway, ServerSocketChannel api, long octets, Interlude interlude)
      throws Exception {
    try (SocketChannel client = SocketChannel.open(gateway.address())) {
      write(client, "GET /file HTTP/1.1\r\nHost: a\r\n\r\n");
      try (SocketChannel upstream = api.accept()) {
        assertThat(readHead(upstream)).startsWith("GET /file ");
        write(
            upstream,
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + octets + "\r\n\r\n");
        assertThat(readHead(client)).startsWith("HTTP/1.1 200 ");
        try (SlowFlow flow = new SlowFlow(upstream, client, octets)) {
          flow.take(octets / 4);
          interlude.with(flow, client.socket(), upstream.socket());
          flow.takeAll();
        }
      }
    }
  }

  private static void upgraded(
      GatewayProcess gateway, ServerSocketChannel api, long octets, Interlude interlude)
      throws Exception {
    String upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    try (SocketChannel client = SocketChannel.open(gateway.address())) {
      write(client, "GET /file HTTP/1.1\r\nHost: a\r\n" + upgrade);
      try (SocketChannel upstream = api.accept()) {
        assertThat(readHead(upstream)).startsWith("GET /file ").contains("upgrade: websocket");
        write(upstream, "HTTP/1.1 101 Switching Protocols\r\n" + upgrade);
        assertThat(readHead(client)).startsWith("HTTP/1.1 101 ").contains("upgrade: websocket");
        try (SlowFlow flow = new SlowFlow(upstream, client, octets)) {
          flow.take(octets / 4);
          interlude.with(flow, client.socket(), upstream.socket());
          flow.takeAll();
        }
        try (SlowFlow flow = new SlowFlow(client, upstream, octets)) {
          flow.take(octets / 4);
          interlude.with(flow, client.socket(), upstream.socket());
          flow.takeAll();
        }
      }
    }
  }

  /** The pause itself is what is tried; what is awaited in it is that the sender is stopped. */
  private static void pause(SlowFlow flow, Socket client, Socket upstream) throws Exception {
    long end = System.nanoTime() + PAUSE.toNanos();
    flow.awaitStall();
    assertHeld(flow, client, upstream);
    TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
    assertHeld(flow, client, upstream);
  }

  /** What is between the ends and in no queue of the kernel is in the gateway's memory. */
  private static void assertHeld(SlowFlow flow, Socket client, Socket upstream) throws IOException {
    long queued =
        LinuxMemory.queued(client.getLocalPort(), client.getPort())
            + LinuxMemory.queued(upstream.getLocalPort(), upstream.getPort());
    assertThat(flow.between() - queued).isBetween(0L, MOST_HELD);
  }

  private static void write(SocketChannel to, String octets) throws IOException {
    ByteBuffer all = StandardCharsets.ISO_8859_1.encode(octets);
    while (all.hasRemaining()) {
      to.write(all);
    }
  }

  private static String readHead(SocketChannel from) throws IOException {
    StringBuilder head = new StringBuilder();
    ByteBuffer octet = ByteBuffer.allocate(1);
    while (head.indexOf("\r\n\r\n") < 0 && from.read(octet.clear()) == 1) {
      head.append((char) octet.get(0));
    }
    return head.toString();
  }
}
