package dev.discreet.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.CountingApi.Seen;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.SelfSigned;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A gateway, cleartext and TLS, before an API in one state. Somebody who may has asked for all that
 * is hidden and somebody who may know for what is missing too, so that whatever can be remembered
 * is.
 */
final class OracleWorld implements AutoCloseable {
  static final String OWNER = "olivia";

  /** May know of documents, and do nothing with them but read. */
  static final String READER = "rita";

  private static final int MOST_WAITING = 20;

  /** Who is not answered so soon waits. */
  private static final int TURNED_AWAY_MILLIS = 100;

  private static final int FAILURES = 8;

  /** The gateway ends connections that idle for twice as long. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

  static final SelfSigned SERVER = new SelfSigned();

  /** What every caller shows who comes by TLS. */
  static final SelfSigned CALLER = new SelfSigned();

  private static final SSLContext CLIENT = client();

  private final UpstreamState state;
  private final Identities identities;
  private final CountingApi api = new CountingApi().owning(Place.existing());
  private final TestGateway gateway;
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger failures = new AtomicInteger();
  private final List<RawClient> kept = new ArrayList<>();
  private final Map<Transport, Line> lines = new EnumMap<>(Transport.class);
  private final Map<Transport, Long> used = new EnumMap<>(Transport.class);

  OracleWorld(UpstreamState state, Identities identities, String admission) throws IOException {
    this.state = state;
    this.identities = identities;
    api.answering(this::truthfully);
    gateway =
        TestGateway.start(OracleConfig.files(api.url(), identities.configuration(), admission));
    warm();
    switch (state) {
      case WELL -> {
        // As it is.
      }
      case SLOW -> slow();
      case FAILING -> fail();
      case STOPPED -> {
        api.close();
        Eventually.holds("it is gone", () -> ownerAsks() == 502);
      }
    }
  }

  private static SSLContext client() {
    try {
      return SERVER.client(CALLER);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return what the owner's GET of the hidden document is answered} */
  int ownerAsks() throws IOException {
    return call("GET", Place.DOCUMENTS.hidden(), OWNER);
  }

  /** {@return what the DELETE of who may know and may not is answered} */
  int readerAsks(String path) throws IOException {
    return call("DELETE", path, READER);
  }

  private int call(String method, String path, String subject) throws IOException {
    String token = "Authorization: Bearer " + identities.token(subject, Map.of());
    return gateway.call(method, path, token).status();
  }

  /** Those who may ask for what is there and what is not. */
  void warm() throws IOException {
    for (Place place : Place.values()) {
      assertThat(call("GET", place.hidden(), OWNER)).isEqualTo(rights(place));
    }
    assertThat(call("DELETE", Place.DOCUMENTS.hidden(), READER)).isEqualTo(403);
    assertThat(call("DELETE", Place.DOCUMENTS.missing(), READER)).isEqualTo(404);
  }

  /** Even the owner must step up. */
  private static int rights(Place place) {
    return place == Place.TRANSFERS ? 401 : 200;
  }

  /** In every way that it can, it tells what is there from what is not. */
  private String truthfully(Seen request) {
    String target = request.target();
    if (!target.startsWith(OracleConfig.SHIELDED) && !target.startsWith(OracleConfig.ROWS)) {
      return api.truthfully(request);
    }
    boolean there = target.contains("1111111");
    String body = request.method().equals("HEAD") ? "" : there ? "yours it is not" : "nothing";
    return (there
            ? "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 403 So"
            : "HTTP/1.1 404 So")
        + "\r\netag: \"%s\"\r\nset-cookie: a=%s\r\nx-upstream: %s\r\ncontent-length: %d\r\n\r\n%s"
            .formatted(there, there, there, there ? 15 : 7, body);
  }

  private void slow() throws IOException {
    api.answering(
        request -> {
          await();
          return "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
        });
    String token = "Authorization: Bearer " + identities.token(OWNER, Map.of());
    for (int i = 0; i < MOST_WAITING; i++) {
      RawClient client = new RawClient(address(Transport.HTTP1));
      keep(client.send(TestGateway.request("GET", Place.DOCUMENTS.hidden(), token)));
      if (client.readFor(TURNED_AWAY_MILLIS).startsWith("HTTP/1.1 503 ")) {
        return;
      }
    }
    throw new AssertionError("its queue is not full");
  }

  /** Keeps a connection to the end. */
  void keep(RawClient client) {
    kept.add(client);
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail() throws IOException {
    api.answering(this::failure);
    for (int i = 0; i < FAILURES; i++) {
      assertThat(ownerAsks()).isBetween(500, 502);
    }
  }

  private String failure(Seen request) {
    return failures.getAndIncrement() % 2 == 0
        ? "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n"
        : "HTTP/9 nonsense\r\n\r\n";
  }

  UpstreamState state() {
    return state;
  }

  Identities identities() {
    return identities;
  }

  CountingApi api() {
    return api;
  }

  TestGateway gateway() {
    return gateway;
  }

  /** {@return how often the upstream was reached in any way} */
  int reached() {
    return api.heads() + api.accepted();
  }

  private InetSocketAddress address(Transport transport) {
    return gateway.server().addresses().get(transport.tls() ? 1 : 0);
  }

  private Line connect(Transport transport) throws IOException {
    InetSocketAddress address = address(transport);
    Socket socket = new Socket(address.getAddress(), address.getPort());
    if (transport.tls()) {
      socket = secured(socket, transport.http2() ? "h2" : "http/1.1");
    }
    return transport.http2() ? new Http2Line(socket, transport.scheme()) : new Http1Line(socket);
  }

  private static Socket secured(Socket plain, String protocol) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            CLIENT.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
    SSLParameters asked = tls.getSSLParameters();
    asked.setApplicationProtocols(new String[] {protocol});
    tls.setSSLParameters(asked);
    tls.startHandshake();
    return tls;
  }

  /** {@return a connection that lives, which others may have used before} */
  Line line(Transport transport) throws IOException {
    Line line = lines.get(transport);
    if (line == null || !line.lives() || idles(transport)) {
      hangUp(transport);
      line = connect(transport);
      lines.put(transport, line);
    }
    used.put(transport, System.nanoTime());
    return line;
  }

  private boolean idles(Transport transport) {
    return System.nanoTime() - used.getOrDefault(transport, 0L) > IDLE_NANOS;
  }

  /** Lets the next exchange have a connection of its own. */
  void hangUp(Transport transport) throws IOException {
    Line line = lines.remove(transport);
    if (line != null) {
      line.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (Transport transport : Transport.values()) {
      hangUp(transport);
    }
    end.countDown();
    for (RawClient client : kept) {
      client.close();
    }
    gateway.close();
    api.close();
  }
}
