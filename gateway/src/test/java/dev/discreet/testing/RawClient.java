package dev.discreet.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection that sends octets as they are and keeps what comes back. */
public final class RawClient implements AutoCloseable {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;

  /** Connects. */
  public RawClient(InetSocketAddress address) throws IOException {
    this("0.0.0.0", address);
  }

  /** Connects from an address of this machine's. */
  public RawClient(String from, InetSocketAddress address) throws IOException {
    socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.connect(address, PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Goes on with a connection, such as one by TLS. */
  public RawClient(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * An answer.
   *
   * @param head up to the empty line
   * @param body as long as its length says, or as the connection lives
   */
  public record Answer(String head, String body) {
    /** {@return the status} */
    public int status() {
      Matcher matcher = STATUS.matcher(head);
      if (!matcher.find()) {
        throw new AssertionError("no status line: " + head);
      }
      return Integer.parseInt(matcher.group(1));
    }

    /** {@return the whole answer, with what legitimately differs blanked} */
    public String shape() {
      return head.replaceAll("(?im)^(date|x-request-id): [^\r\n]*", "$1: *") + body;
    }

    /** {@return a header's value, or the empty text} */
    public String value(String name) {
      Matcher matcher =
          Pattern.compile("(?im)^" + Pattern.quote(name) + ":[ \t]*([^\r\n]*)").matcher(head);
      return matcher.find() ? matcher.group(1) : "";
    }
  }

  /** Sends octets, one for each character. */
  public RawClient send(String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** {@return where octets come from} */
  public InputStream input() {
    return in;
  }

  /** Says that nothing more will be sent. */
  public RawClient finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Reads one answer to a request of {@code method}. */
  public Answer read(String method) throws IOException {
    String head = readHead(in);
    Matcher length = LENGTH.matcher(head);
    if (method.equals("HEAD") || head.matches("(?s)HTTP/1\\.1 (1..|204|304) .*")) {
      return new Answer(head, "");
    }
    byte[] body =
        length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : in.readAllBytes();
    return new Answer(head, new String(body, StandardCharsets.ISO_8859_1));
  }

  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      head.write(octet);
      if (octet == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads until the peer closes; {@return every octet} */
  public String readToEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SocketTimeoutException e) {
      throw new AssertionError(
          "the connection was not closed; so far: " + all.toString(StandardCharsets.ISO_8859_1), e);
    } catch (IOException reset) {
      // A reset ends it too.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads what comes until the peer closes or nothing has come for {@code millis}. */
  public String readFor(int millis) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    socket.setSoTimeout(millis);
    try {
      in.transferTo(all);
    } catch (SocketTimeoutException quiet) {
      // Nothing more comes.
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** {@return the statuses of all answers in {@code octets}} */
  public static List<Integer> statuses(String octets) {
    List<Integer> statuses = new ArrayList<>();
    Matcher matcher = STATUS.matcher(octets);
    while (matcher.find()) {
      statuses.add(Integer.parseInt(matcher.group(1)));
    }
    return statuses;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
