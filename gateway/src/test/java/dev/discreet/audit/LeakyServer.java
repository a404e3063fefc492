package dev.discreet.audit;

import dev.discreet.audit.Leaky.Answer;
import dev.discreet.audit.Leaky.Asked;
import dev.discreet.audit.Leaky.Leak;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server on which two things are alike, but for what a leak changes of that which exists. */
public final class LeakyServer implements AutoCloseable {
  public static final String HIDDEN = "/things/1111";
  public static final String MISSING = "/things/2222";

  private final ServerSocket listener;
  private final boolean http1;
  private final Leak hidden;
  private final Leak missing;
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();

  /** Starts one that tells what exists by a leak. */
  public LeakyServer(Leak hidden) throws IOException {
    this(hidden, (asked, answer) -> {});
  }

  /** Starts one that changes the answers for what exists, and those for what does not. */
  public LeakyServer(Leak hidden, Leak missing) throws IOException {
    this(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), true, hidden, missing);
  }

  /** Starts one that tells nothing. */
  LeakyServer(ServerSocket listener, Protocol... spoken) {
    this(
        listener,
        List.of(spoken).contains(Protocol.H1),
        (asked, answer) -> {},
        (asked, answer) -> {});
  }

  private LeakyServer(ServerSocket listener, boolean http1, Leak hidden, Leak missing) {
    this.listener = listener;
    this.http1 = http1;
    this.hidden = hidden;
    this.missing = missing;
    Thread.ofPlatform().daemon().start(this::accept);
  }

  /** {@return where it is} */
  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** {@return the methods of all requests so far} */
  List<String> methods() {
    return requests.stream().map(request -> request.split(" ", 2)[0]).toList();
  }

  /** {@return the methods and paths of all requests so far} */
  Collection<String> requests() {
    return requests;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      in.mark(Frame.PREFACE.length);
      boolean http2 = new String(in.readNBytes(4), StandardCharsets.US_ASCII).equals("PRI ");
      in.reset();
      if (http2) {
        new LeakyHttp2(socket, in, this).serve();
        return;
      }
      while (http1 && exchange(socket, in)) {
        // Until the connection ends.
      }
    } catch (IOException ended) {
      // As clients do.
    }
  }

  Answer answer(Asked asked) {
    Answer answer = new Answer(UUID.randomUUID().toString().replace("-", ""));
    requests.add(asked.method() + " " + asked.path());
    boolean exists = asked.path().toLowerCase(Locale.ROOT).contains(HIDDEN);
    (exists ? hidden : missing).change(asked, answer);
    long until = System.nanoTime() + answer.delayNanos;
    while (answer.delayNanos > 0 && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    return answer;
  }

  /** {@return whether there may be another} */
  private boolean exchange(Socket socket, InputStream in) throws IOException {
    String first = line(in);
    Map<String, String> fields = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(": ", 2);
      fields.put(parts[0], parts[1]);
    }
    String[] parts = first.split(" ", 3);
    Asked asked = new Asked(parts[2], parts[0], parts[1], fields);
    Answer answer = answer(asked);
    if (answer.silent) {
      return in.read() >= 0;
    }
    if (answer.continues) {
      socket
          .getOutputStream()
          .write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    boolean awaited = asked.has("expect") && !answer.continues;
    if (answer.readsFirst) {
      readBody(asked, in);
    }
    socket.getOutputStream().write(octets(asked, answer));
    if (answer.closes
        || asked.field("connection").equals("close")
        || !parts[2].equals("HTTP/1.1")) {
      return false;
    }
    if (!awaited && !answer.readsFirst) {
      readBody(asked, in);
    }
    return true;
  }

  private static byte[] octets(Asked asked, Answer answer) {
    StringBuilder text = new StringBuilder();
    if (!answer.early.isEmpty()) {
      head(text, 103, "Early Hints", answer.early);
    }
    head(text, answer.status, answer.reason, answer.framed(true));
    if (!asked.method().equals("HEAD")) {
      String size = Integer.toHexString(answer.body.length());
      text.append(answer.chunked ? size + "\r\n" + answer.body + "\r\n0\r\n\r\n" : answer.body);
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void head(StringBuilder text, int status, String reason, List<Field> fields) {
    text.append("HTTP/1.1 ").append(status).append(' ').append(reason).append("\r\n");
    for (Field field : fields) {
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    text.append("\r\n");
  }

  private static void readBody(Asked asked, InputStream in) throws IOException {
    if (asked.has("content-length")) {
      in.skipNBytes(Integer.parseInt(asked.field("content-length")));
    } else if (asked.has("transfer-encoding")) {
      for (int size = Integer.parseInt(line(in), 16);
          size > 0;
          size = Integer.parseInt(line(in), 16)) {
        in.skipNBytes(size + 2);
      }
      line(in);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("the end");
      }
      line.append((char) octet);
    }
    return line.substring(0, Math.max(0, line.length() - 1));
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
