package dev.discreet.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * An API on a raw socket: it owns the documents it was given, keeps every request octet by octet,
 * and counts the heads that reached it.
 */
public final class CountingApi implements AutoCloseable {
  /**
   * A request as it arrived.
   *
   * @param head all octets up to the empty line
   * @param body the body, without its framing
   * @param whole whether it came to its end
   */
  public record Seen(String head, String body, boolean whole) {
    /** {@return the method} */
    public String method() {
      return head.substring(0, head.indexOf(' '));
    }

    /** {@return the target, as received} */
    public String target() {
      return head.split(" ", 3)[1];
    }

    /** {@return all values of a header} */
    public List<String> values(String name) {
      List<String> values = new ArrayList<>();
      for (String line : head.split("\r\n", -1)) {
        int colon = line.indexOf(':');
        if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
          values.add(line.substring(colon + 1).strip());
        }
      }
      return values;
    }
  }

  private final String scheme;
  private final ServerSocket socket;
  private final Thread acceptor;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final AtomicInteger heads = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<String> documents = ConcurrentHashMap.newKeySet();
  private volatile Function<Seen, String> answer = this::truthfully;

  /** Starts on a free loopback port. */
  public CountingApi() throws IOException {
    this(ServerSocketFactory.getDefault(), "http");
  }

  private CountingApi(ServerSocketFactory sockets, String scheme) throws IOException {
    this.scheme = scheme;
    socket = sockets.createServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    acceptor = Thread.ofVirtual().start(this::accept);
  }

  /** Starts one that speaks TLS. */
  public static CountingApi overTls(SSLContext tls) throws IOException {
    return new CountingApi(tls.getServerSocketFactory(), "https");
  }

  /** {@return its URL, without a path} */
  public String url() {
    return scheme + "://127.0.0.1:" + port();
  }

  /** {@return its port} */
  public int port() {
    return socket.getLocalPort();
  }

  /** Gives it a document. */
  public CountingApi owning(String... paths) {
    documents.addAll(List.of(paths));
    return this;
  }

  /** Takes a document away. */
  public void losing(String path) {
    documents.remove(path);
  }

  /** Answers every request by what {@code answer} says, head and body as they go over the wire. */
  public void answering(Function<Seen, String> answer) {
    this.answer = answer;
  }

  /** {@return how many heads arrived} */
  public int heads() {
    return heads.get();
  }

  /** {@return how many connections were ever made} */
  public int accepted() {
    return accepted.get();
  }

  /** {@return how many connections are open} */
  public int open() {
    return connections.size();
  }

  /** {@return what arrived} */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Forgets what it saw. */
  public void forget() {
    seen.clear();
    heads.set(0);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.add(connection);
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = connection.getInputStream();
      for (String head = readHead(in); !head.isEmpty(); head = readHead(in)) {
        heads.incrementAndGet();
        Seen request = read(head, in, connection);
        seen.add(request);
        if (!request.whole()) {
          return;
        }
        connection
            .getOutputStream()
            .write(answer.apply(request).getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
      }
    } catch (IOException gone) {
      // The gateway closed the connection.
    } finally {
      connections.remove(connection);
    }
  }

  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      head.write(octet);
      if (octet == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  private static Seen read(String head, InputStream in, Socket connection) throws IOException {
    Seen bare = new Seen(head, "", true);
    if (bare.values("expect").contains("100-continue")) {
      connection
          .getOutputStream()
          .write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    if (bare.values("transfer-encoding").contains("chunked")) {
      return readChunked(head, in);
    }
    List<String> length = bare.values("content-length");
    int octets = length.isEmpty() ? 0 : Integer.parseInt(length.getFirst());
    byte[] body = in.readNBytes(octets);
    return new Seen(head, new String(body, StandardCharsets.ISO_8859_1), body.length == octets);
  }

  private static Seen readChunked(String head, InputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      String line = readLine(in);
      if (line.isEmpty()) {
        return new Seen(head, body.toString(), false);
      }
      int size = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
      if (size == 0) {
        String trailer = readLine(in);
        while (!trailer.isEmpty()) {
          body.append("\ntrailer ").append(trailer.toLowerCase(Locale.ROOT));
          trailer = readLine(in);
        }
        return new Seen(head, body.toString(), true);
      }
      body.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
      readLine(in);
    }
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      line.append((char) octet);
    }
    return line.toString().strip();
  }

  /** {@return what it answers unless told otherwise: that it owns a path, or does not} */
  public String truthfully(Seen request) {
    String path = request.target().split("\\?", 2)[0];
    boolean found = documents.contains(path);
    String body =
        found ? "{\"path\":\"" + path + "\"}" : "{\"error\":\"the upstream knows no such thing\"}";
    return "HTTP/1.1 "
        + (found ? "200 OK" : "404 Not Found")
        + "\r\nContent-Type: application/json\r\nX-Upstream: yes\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + (request.method().equals("HEAD") ? "" : body);
  }

  /** Stops listening and breaks every connection: the upstream is down. */
  @Override
  public void close() {
    try {
      socket.close();
      // Until its thread has ended, the socket goes on taking connections.
      acceptor.join();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
