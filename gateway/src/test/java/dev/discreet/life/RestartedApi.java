package dev.discreet.life;

import dev.discreet.testing.Eventually;
import dev.discreet.upstream.RawUpstream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An API of one address that is stopped and started again: at once, or in order, as a server that
 * is checked does it: it says that it is ill until nobody comes any more.
 */
final class RestartedApi implements AutoCloseable {
  private static final String WELL = "HTTP/1.1 204 No Content\r\n\r\n";
  private static final String ILL = "HTTP/1.1 503 Leaving\r\nContent-Length: 0\r\n\r\n";
  private static final Pattern VERSION = Pattern.compile("(?im)^x-version: *(\\S+)");
  private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final InetSocketAddress address;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger answered = new AtomicInteger();
  private @Nullable ServerSocket socket;
  private @Nullable Thread acceptor;
  private volatile boolean leaving;
  private volatile long lastNanos = System.nanoTime();

  /** Starts on a free port, which it keeps. */
  RestartedApi() throws IOException {
    address = start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  String url() {
    return "http://127.0.0.1:" + address.getPort();
  }

  /** Starts again. */
  void start() throws IOException {
    start(address);
  }

  private InetSocketAddress start(InetSocketAddress on) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(on, 1024);
    leaving = false;
    socket = listener;
    acceptor = Thread.ofVirtual().start(() -> accept(listener));
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** {@return how many requests it has answered, checks aside} */
  int answered() {
    return answered.get();
  }

  /** Ends in order. */
  void stop() throws IOException {
    leaving = true;
    Eventually.holds("nobody comes any more", () -> System.nanoTime() - lastNanos > REST_NANOS);
    kill();
  }

  /** Ends at once, with all that is under way. */
  void kill() throws IOException {
    stopListening();
    for (Socket one : open) {
      RawUpstream.reset(one);
    }
  }

  /** Until its thread has ended, the socket goes on taking connections. */
  private void stopListening() throws IOException {
    if (socket == null || acceptor == null) {
      return;
    }
    socket.close();
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(ServerSocket listener) {
    try {
      while (true) {
        Socket connection = listener.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // Stopped.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      for (String head = readHead(in); !head.isEmpty(); head = readHead(in)) {
        if (head.startsWith("GET /health ")) {
          RawUpstream.write(connection, leaving ? ILL : WELL);
          continue;
        }
        lastNanos = System.nanoTime();
        LockSupport.parkNanos(WORK_NANOS);
        RawUpstream.write(connection, answer(head));
        answered.incrementAndGet();
      }
    } catch (IOException killed) {
      // Or the gateway closed it.
    } finally {
      open.remove(connection);
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      head.append((char) octet);
      if (octet == '\n'
          && head.length() > 3
          && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return head.toString();
      }
    }
    return "";
  }

  /** Says again what the gateway set in the request. */
  private static String answer(String head) {
    Matcher version = VERSION.matcher(head);
    String body = version.find() ? version.group(1) : "";
    return "HTTP/1.1 200 OK\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + (head.startsWith("HEAD ") ? "" : body);
  }

  @Override
  public void close() throws IOException {
    kill();
  }
}
