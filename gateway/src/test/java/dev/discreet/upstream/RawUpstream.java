package dev.discreet.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream that does with each connection what a script says. */
public final class RawUpstream implements AutoCloseable {
  /** What is done with a connection; it is closed afterwards. */
  public interface Script {
    void serve(Socket connection, int number) throws IOException;
  }

  private final ServerSocket socket;
  private final Script script;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger heads = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Starts on a free loopback port. */
  public RawUpstream(Script script) {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), script);
  }

  RawUpstream(InetSocketAddress address, Script script) {
    this.script = script;
    try {
      socket = new ServerSocket();
      socket.setReceiveBufferSize(64 << 10);
      socket.bind(address, 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers every request without a body with these octets. */
  static RawUpstream answering(String octets) {
    RawUpstream[] self = new RawUpstream[1];
    self[0] =
        new RawUpstream(
            (connection, number) -> {
              while (!readHead(connection).isEmpty()) {
                write(connection, octets);
              }
            });
    return self[0];
  }

  /** {@return its port} */
  public int port() {
    return socket.getLocalPort();
  }

  /** {@return how many connections were ever made} */
  public int connections() {
    return connections.get();
  }

  int heads() {
    return heads.get();
  }

  void headSeen() {
    heads.incrementAndGet();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        open.add(connection);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(connection, number));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private void serve(Socket connection, int number) {
    try (connection) {
      script.serve(connection, number);
    } catch (IOException gone) {
      // The gateway closed it.
    }
  }

  /** {@return a head up to its empty line; the empty text where the peer ended} */
  public static String readHead(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      head.write(octet);
      if (octet == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  /** Sends octets, one for each character. */
  public static void write(Socket connection, String octets) throws IOException {
    connection.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    connection.getOutputStream().flush();
  }

  /** Ends a connection with RST. */
  public static void reset(Socket connection) throws IOException {
    connection.setSoLinger(true, 0);
    connection.close();
  }

  /** Waits until the peer ends the connection; {@return all that came} */
  public static String rest(Socket connection) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      connection.getInputStream().transferTo(all);
    } catch (IOException reset) {
      // A reset ends it too.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
