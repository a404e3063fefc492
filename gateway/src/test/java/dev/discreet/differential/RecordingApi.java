package dev.discreet.differential;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An upstream that keeps every octet that came between two of its answers. It reads no more than it
 * must to know when to answer; what it takes for the end too early begins the next record, and no
 * parser will take that for a request.
 */
final class RecordingApi implements AutoCloseable {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nx-upstream: yes\r\ncontent-length: 0\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket socket = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Map<String, String> whole = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> cut = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> twice = new ConcurrentLinkedQueue<>();

  RecordingApi() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  /** {@return where it listens} */
  String authority() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** {@return what was answered, by its {@code x-request-id}} */
  Map<String, String> whole() {
    return whole;
  }

  /** {@return what came on connections that then ended, and was no whole request} */
  List<String> cut() {
    return List.copyOf(cut);
  }

  /** {@return what came under an id that another request had} */
  List<String> twice() {
    return List.copyOf(twice);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private void serve(Socket connection) {
    Recorder in = new Recorder();
    try (connection) {
      connection.setTcpNoDelay(true);
      in.source = new BufferedInputStream(connection.getInputStream());
      while (in.request(connection)) {
        String octets = in.taken();
        if (whole.putIfAbsent(in.id, octets) != null) {
          twice.add(octets);
        }
        connection.getOutputStream().write(ANSWER);
      }
    } catch (IOException reset) {
      // The gateway ended it.
    } finally {
      connections.remove(connection);
    }
    String rest = in.taken();
    if (!rest.isEmpty()) {
      cut.add(rest);
    }
  }

  /** Keeps what it reads. */
  private static final class Recorder {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private InputStream source = InputStream.nullInputStream();
    private String id = "";

    /** {@return what was read since this was last asked, a character each} */
    String taken() {
      String taken = octets.toString(StandardCharsets.ISO_8859_1);
      octets.reset();
      return taken;
    }

    /** {@return whether a request came to its end} */
    boolean request(Socket connection) throws IOException {
      id = "";
      long length = 0;
      boolean chunked = false;
      for (String line = line(); !line.equals("\r\n"); line = line()) {
        if (line.isEmpty()) {
          return false;
        }
        String field = line.strip();
        switch (field.substring(0, field.indexOf(':') + 1).toLowerCase(Locale.ROOT)) {
          case "x-request-id:" -> id = value(field);
          case "content-length:" -> length = Long.parseLong(value(field));
          case "transfer-encoding:" -> chunked = true;
          case "expect:" -> connection.getOutputStream().write(CONTINUE);
          default -> {
            // Says nothing of where the request ends.
          }
        }
      }
      return chunked ? chunks() : skip(length);
    }

    private boolean chunks() throws IOException {
      for (String size = line(); !size.isEmpty(); size = line()) {
        long length = Long.parseLong(size.strip(), 16);
        if (length == 0) {
          String trailer = line();
          while (!trailer.equals("\r\n") && !trailer.isEmpty()) {
            trailer = line();
          }
          return !trailer.isEmpty();
        }
        if (!skip(length + 2)) {
          return false;
        }
      }
      return false;
    }

    private boolean skip(long length) throws IOException {
      byte[] read = source.readNBytes((int) length);
      octets.writeBytes(read);
      return read.length == length;
    }

    /** {@return a line with its end; the empty text where none came whole} */
    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int octet = source.read(); octet >= 0; octet = source.read()) {
        octets.write(octet);
        line.append((char) octet);
        if (octet == '\n') {
          return line.toString();
        }
      }
      return "";
    }

    private static String value(String field) {
      return field.substring(field.indexOf(':') + 1).strip();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
