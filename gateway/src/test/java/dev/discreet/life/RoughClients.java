package dev.discreet.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import dev.discreet.upstream.RawUpstream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients that leave, dawdle, send what is no request, and upgrade; each over and over. */
final class RoughClients implements AutoCloseable {
  /** What they ask, of upstreams called {@code rough} and {@code echo}. */
  static final String ROUTES =
      """
      routes:
        - {path: /rough/file, upstream: rough, methods: {GET: public, PUT: public}}
        - {path: /rough/echo, upstream: echo, methods: {GET: public}}
      """;

  private static final int FILE = 512 << 10;
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final String GET = TestGateway.request("GET", "/rough/file");
  private static final String PUT =
      TestGateway.request("PUT", "/rough/file", "Content-Length: " + FILE);
  private static final String UPGRADE =
      TestGateway.request(
          "GET",
          "/rough/echo",
          "Connection: upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
  private static final List<String> BAD =
      List.of(
          "GET /rough/file HTTP/1.1\r\n\r\n",
          TestGateway.request("GET", "/rough/../file"),
          TestGateway.request("GET", "/rough/file", "Content-Length: 1", "Content-Length: 2"),
          TestGateway.request("GET", "/rough/file", "X: " + "x".repeat(40_000)),
          "\u0016\u0003\u0001 no request\r\n\r\n");

  private final InetSocketAddress address;
  private final Queue<AssertionError> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  private interface Rough {
    void once() throws IOException;
  }

  RoughClients(InetSocketAddress address) {
    this.address = address;
    List<Rough> all =
        List.of(
            this::download,
            this::upload,
            this::leaveWithinDownload,
            this::leaveWithinUpload,
            this::readSlowly,
            this::sendNonsense,
            this::talk,
            this::leaveWithinTalk,
            this::resetStreams);
    all.forEach(one -> threads.add(Thread.ofVirtual().start(() -> repeat(one))));
  }

  /** {@return what serves their files} */
  static RawUpstream api() {
    String file = "x".repeat(FILE);
    return new RawUpstream(
        (connection, number) -> {
          for (String head = RawUpstream.readHead(connection);
              !head.isEmpty();
              head = RawUpstream.readHead(connection)) {
            Matcher length = LENGTH.matcher(head);
            connection
                .getInputStream()
                .skipNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            RawUpstream.write(
                connection, "HTTP/1.1 200 OK\r\nContent-Length: " + FILE + "\r\n\r\n" + file);
          }
        });
  }

  private void repeat(Rough one) {
    while (!over) {
      try {
        one.once();
      } catch (IOException broken) {
        // As rough as they are to others.
      } catch (AssertionError e) {
        failures.add(e);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void download() throws IOException {
    try (RawClient client = new RawClient(address)) {
      assertThat(client.send(GET).read("GET").body()).hasSize(FILE);
    }
  }

  private void upload() throws IOException {
    try (RawClient client = new RawClient(address)) {
      assertThat(client.send(PUT + "y".repeat(FILE)).read("PUT").status()).isEqualTo(200);
    }
  }

  private void leaveWithinDownload() throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(GET).input().skipNBytes(1000);
    }
  }

  private void leaveWithinUpload() throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      RawUpstream.write(socket, PUT + "y".repeat(FILE / 2));
      RawUpstream.reset(socket);
    }
  }

  private void readSlowly() throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(GET);
      for (int octets = 0; octets < FILE; octets += FILE / 8) {
        client.input().skipNBytes(FILE / 8);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void sendNonsense() throws IOException {
    for (String bad : BAD) {
      try (RawClient client = new RawClient(address)) {
        assertThat(client.send(bad).readToEnd()).matches("(?s)(HTTP/1\\.1 4\\d\\d .*)?");
      }
    }
  }

  private void talk() throws IOException {
    try (RawClient client = upgraded()) {
      client.send("\u0081\u0085\0\0\0\0hello");
      assertThat(client.input().readNBytes(7)).containsExactly(0x81, 5, 'h', 'e', 'l', 'l', 'o');
      client.send("\u0088\u0080\0\0\0\0").readToEnd();
    }
  }

  private void leaveWithinTalk() throws IOException {
    try (RawClient client = upgraded()) {
      client.send("\u0081\u0085\0\0");
    }
  }

  private RawClient upgraded() throws IOException {
    RawClient client = new RawClient(address);
    assertThat(client.send(UPGRADE).read("GET").status()).isEqualTo(101);
    return client;
  }

  /** Fewer than what would end the connection, which then is left with one under way. */
  private void resetStreams() throws IOException {
    try (RawHttp2 client = new RawHttp2(address)) {
      for (int stream = 1; stream < 40; stream += 2) {
        client.send(stream, RawHttp2.request("GET", "/rough/file"));
        if (stream > 1) {
          client.frame(
              RawHttp2.RST_STREAM,
              RawHttp2.NONE,
              stream - 2,
              (byte) 0,
              (byte) 0,
              (byte) 0,
              (byte) 8);
        }
      }
      client.awaitFrame(RawHttp2.DATA);
    }
  }

  /** Ends; {@return what was answered as it should not have been} */
  List<AssertionError> end() throws InterruptedException {
    over = true;
    for (Thread one : threads) {
      one.join();
    }
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    over = true;
  }
}
