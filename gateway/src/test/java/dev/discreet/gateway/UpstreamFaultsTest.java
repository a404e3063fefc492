package dev.discreet.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Corpus;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.FullListener;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import dev.discreet.upstream.RawUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code corpora/faults.json}, what goes wrong with upstreams: a test by the id of each. */
@Timeout(60)
class UpstreamFaultsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /** Tests by name of faults that other classes make. */
  private static final List<String> ELSEWHERE =
      List.of(
          "dev.discreet.gateway.Http2UpstreamTest",
          "dev.discreet.upstream.NamesTest",
          "dev.discreet.upstream.TlsUpstreamTest",
          "dev.discreet.upstream.RetryBudgetTest");

  @Test
  void everyFaultHasATest() throws ClassNotFoundException {
    List<Class<?>> classes = new ArrayList<>(List.of(UpstreamFaultsTest.class));
    for (String name : ELSEWHERE) {
      classes.add(Class.forName(name));
    }
    Set<String> tested = new TreeSet<>();
    classes.stream()
        .flatMap(one -> Arrays.stream(one.getDeclaredMethods()))
        .filter(method -> method.getName().matches("f[0-9]{2}.*"))
        .forEach(method -> tested.add("F-" + method.getName().substring(1, 3)));
    Set<String> known = new TreeSet<>();
    Corpus.list("faults.json").stream()
        .map(fault -> fault.text("id"))
        .filter(id -> id.startsWith("F-"))
        .forEach(known::add);
    assertThat(tested).isEqualTo(known);
  }

  private static TestGateway before(int port) throws IOException {
    return TestGateway.start(
        Map.of(
            "gateway.yaml",
            """
            listen: 127.0.0.1:0
            admin: 127.0.0.1:0
            upstreams:
              api: {url: 'http://127.0.0.1:%d', timeouts: {connect: 1s, idle: 500ms}}
            routes:
              - {path: '/**', upstream: api, methods: {GET: public, POST: public}}
            """
                .formatted(port)));
  }

  private static TestGateway before(RawUpstream upstream) throws IOException {
    return before(upstream.port());
  }

  private static RawUpstream saying(String octets) {
    return new RawUpstream(
        (connection, number) -> {
          RawUpstream.readHead(connection);
          RawUpstream.write(connection, octets);
        });
  }

  private static int status(String answer) throws IOException {
    try (RawUpstream upstream = saying(answer);
        TestGateway gateway = before(upstream)) {
      return gateway.call("GET", "/a").status();
    }
  }

  /** Others are answered meanwhile, on the event loop that waits too. */
  @Test
  void f02NobodyAnswersTheSyn() throws IOException {
    try (FullListener full = new FullListener();
        TestGateway gateway = before(full.port());
        RawClient waiting = new RawClient(gateway.address())) {
      long began = System.nanoTime();
      waiting.send(TestGateway.request("GET", "/a"));
      for (int i = 0; i < 20; i++) {
        assertThat(gateway.call("PUT", "/b").status()).isEqualTo(401);
      }
      assertThat(waiting.read("GET").status()).isEqualTo(504);
      assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
      assertThat(gateway.logged("\"status\":504")).contains("connecting took too long");
    }
  }

  @Test
  void f04AReusedConnectionIsReset() throws IOException {
    AtomicInteger heads = new AtomicInteger();
    try (RawUpstream upstream =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  heads.incrementAndGet();
                  RawUpstream.write(connection, OK);
                  if (!RawUpstream.readHead(connection).isEmpty()) {
                    heads.incrementAndGet();
                    RawUpstream.reset(connection);
                  }
                });
        TestGateway gateway = before(upstream);
        RawClient client = new RawClient(gateway.address())) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.send(TestGateway.request("GET", "/a")).read("GET").status())
            .isEqualTo(200);
      }
      assertThat(upstream.connections()).isEqualTo(2);
      assertThat(heads).hasValue(3);
    }
  }

  @Test
  void f06AFreshConnectionIsReset() throws IOException {
    try (RawUpstream upstream =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.reset(connection);
                });
        TestGateway gateway = before(upstream)) {
      assertThat(gateway.call("GET", "/a").status()).isEqualTo(502);
      assertThat(upstream.connections()).as("sent again once").isEqualTo(2);
      assertThat(gateway.call("POST", "/a").status()).isEqualTo(502);
      assertThat(upstream.connections()).as("a POST never is").isEqualTo(3);
    }
  }

  @Test
  void f08TheHeadEndsHalfWay() throws IOException {
    assertThat(status("HTTP/1.1 200 OK\r\nContent-Le")).isEqualTo(502);
  }

  @Test
  void f10ResetWithinTheBody() throws Exception {
    CompletableFuture<Void> relayed = new CompletableFuture<>();
    try (RawUpstream upstream =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(
                      connection, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");
                  if (number == 1) {
                    relayed.join();
                  }
                  RawUpstream.reset(connection);
                });
        TestGateway gateway = before(upstream);
        RawClient client = new RawClient(gateway.address())) {
      client.send(TestGateway.request("GET", "/a"));
      StringBuilder got = new StringBuilder();
      while (!got.toString().endsWith("hello")) {
        got.append((char) client.input().read());
      }
      relayed.complete(null);
      assertThat(client.readToEnd()).isEmpty();
      assertThat(gateway.logged("the upstream broke off"))
          .contains("\"status\":200", "it reset the connection within its answer");
      try (RawHttp2 http2 = new RawHttp2(gateway.address())) {
        http2.send(1, RawHttp2.request("GET", "/a"));
        assertThat(http2.awaitReset(1).ended()).isFalse();
      }
    }
  }

  @Test
  void f12TheEndOfTheConnectionEndsTheBody() throws IOException {
    try (RawUpstream upstream = saying("HTTP/1.1 200 OK\r\n\r\nto the end");
        TestGateway gateway = before(upstream);
        RawClient client = new RawClient(gateway.address())) {
      assertThat(client.send(TestGateway.request("GET", "/a", "connection: close")).readToEnd())
          .containsIgnoringCase("transfer-encoding: chunked")
          .contains("\r\n\r\na\r\nto the end\r\n0\r\n\r\n");
      try (RawHttp2 http2 = new RawHttp2(gateway.address())) {
        http2.send(1, RawHttp2.request("GET", "/a"));
        assertThat(http2.await(1).body()).isEqualTo("to the end");
        assertThat(http2.stream(1).ended()).isTrue();
      }
    }
  }

  @Test
  void f14TheBodyStalls() throws IOException {
    CompletableFuture<String> end = new CompletableFuture<>();
    try (RawUpstream upstream =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(
                      connection, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");
                  end.complete(RawUpstream.rest(connection));
                });
        TestGateway gateway = before(upstream);
        RawClient client = new RawClient(gateway.address())) {
      assertThat(client.send(TestGateway.request("GET", "/a")).readToEnd()).endsWith("hello");
      assertThat(end.orTimeout(10, TimeUnit.SECONDS).join()).isEmpty();
      assertThat(gateway.logged("the upstream broke off")).contains("its answer took too long");
    }
  }

  /** {@code StreamingMemoryTest} measures what it costs; here the client is held back. */
  @Test
  void f16TheUpstreamReadsSlowly() throws Exception {
    int size = 128 << 20;
    CompletableFuture<Void> reading = new CompletableFuture<>();
    AtomicLong received = new AtomicLong();
    try (RawUpstream upstream =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  reading.join();
                  for (int left = size; left > 0; ) {
                    int read =
                        connection.getInputStream().readNBytes(Math.min(left, 1 << 16)).length;
                    received.addAndGet(read);
                    left = read == 0 ? 0 : left - read;
                  }
                  RawUpstream.write(connection, OK);
                });
        TestGateway gateway = before(upstream);
        Socket client = new Socket()) {
      client.connect(gateway.address());
      String head = TestGateway.request("POST", "/a", "Content-Length: " + size);
      AtomicLong sent = new AtomicLong();
      Thread sender = Thread.ofVirtual().start(() -> send(client, head, size, sent));
      held(sent);
      assertThat(sent.get()).isLessThan(size / 2);
      reading.complete(null);
      assertThat(new String(client.getInputStream().readNBytes(15), ISO_8859_1))
          .isEqualTo("HTTP/1.1 200 OK");
      sender.join();
      assertThat(received).hasValue(size);
    }
  }

  private static void send(Socket client, String head, int size, AtomicLong sent) {
    try {
      client.getOutputStream().write(head.getBytes(ISO_8859_1));
      byte[] part = new byte[1 << 16];
      while (sent.get() < size) {
        client.getOutputStream().write(part);
        sent.addAndGet(part.length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until nothing more can be sent: fifty looks in a row find the same. */
  private static void held(AtomicLong sent) {
    AtomicLong last = new AtomicLong();
    AtomicInteger same = new AtomicInteger();
    Eventually.holds(
        "the client is held back",
        () -> {
          long now = sent.get();
          same.set(now > 0 && now == last.getAndSet(now) ? same.get() + 1 : 0);
          return same.get() == 50;
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0001\u0002garbage\r\n\r\n",
        "\u0015\u0003\u0001\u0000\u0002\u0002F",
        "SSH-2.0-OpenSSH_9.9\r\n",
        "HTTP/9.9 200 OK\r\n\r\n"
      })
  void f18WhatIsNoHttp(String octets) throws IOException {
    assertThat(status(octets)).isEqualTo(502);
  }

  @Test
  void f20AHeadThatIsTooLarge() throws IOException {
    assertThat(status("HTTP/1.1 200 OK\r\nX: " + "x".repeat(64 << 10) + "\r\n\r\n")).isEqualTo(502);
    assertThat(status("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(500) + "\r\n")).isEqualTo(502);
  }

  @Test
  void f22TheUpstreamClosesHalfOfTheConnection() throws Exception {
    CompletableFuture<String> end = new CompletableFuture<>();
    try (RawUpstream upstream =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(connection, OK);
                  connection.shutdownOutput();
                  end.complete(RawUpstream.rest(connection));
                });
        TestGateway gateway = before(upstream);
        RawClient client = new RawClient(gateway.address())) {
      Answer answer = client.send(TestGateway.request("GET", "/a")).read("GET");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("ok");
      assertThat(end.get(10, TimeUnit.SECONDS)).as("the gateway closes the rest").isEmpty();
      assertThat(client.send(TestGateway.request("POST", "/a")).read("POST").status())
          .isEqualTo(200);
      assertThat(upstream.connections()).isEqualTo(2);
    }
  }

  @Test
  void f34AnAnswerBeforeTheBodyIsThrough() throws Exception {
    CompletableFuture<String> rest = new CompletableFuture<>();
    try (RawUpstream upstream =
            new RawUpstream(
                (connection, number) -> {
                  String head = RawUpstream.readHead(connection);
                  RawUpstream.write(connection, OK);
                  if (head.startsWith("POST")) {
                    rest.complete(RawUpstream.rest(connection));
                  }
                });
        TestGateway gateway = before(upstream);
        RawClient client = new RawClient(gateway.address())) {
      Answer early =
          client
              .send(TestGateway.request("POST", "/a", "Content-Length: 100000") + "some of it")
              .read("POST");
      assertThat(early.status()).isEqualTo(200);
      assertThat(early.value("connection")).isEqualTo("close");
      assertThat(rest.get(10, TimeUnit.SECONDS)).hasSizeLessThanOrEqualTo(10);
      assertThat(gateway.call("GET", "/a").body()).isEqualTo("ok");
      assertThat(upstream.connections()).as("none is used again").isEqualTo(2);
    }
  }
}
