package dev.discreet.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Times requests of HTTP/1.1. */
final class Http1Stopwatch extends Stopwatch {
  private static final int CHUNKED = -1;
  private static final int TO_THE_END = -2;

  /** Where the status of a line such as {@code HTTP/1.1 404} ends. */
  private static final int STATUS_END = 12;

  private int begin;
  private int scanned;
  private int headEnd;
  private int length;

  /** Where the next line of a chunked body begins. */
  private int line;

  private boolean trailing;
  private boolean spent;

  Http1Stopwatch(Target target, String agent, List<Ask> asks) throws IOException {
    super(
        target,
        Protocol.H1,
        asks.stream()
            .map(ask -> Http1Asker.head(target, agent, ask).getBytes(StandardCharsets.ISO_8859_1))
            .toList());
  }

  @Override
  void greet() {
    // HTTP/1.1 begins with a request.
  }

  @Override
  void prepare(ByteBuffer request) {
    begin(0);
    headEnd = 0;
  }

  /** Says where a head begins; its end has four octets. */
  private void begin(int at) {
    begin = at;
    scanned = at + 3;
  }

  @Override
  boolean complete() throws IOException {
    if (headEnd == 0 && !headComplete()) {
      return false;
    }
    return switch (length) {
      case CHUNKED -> lastChunkCame();
      case TO_THE_END -> false;
      default -> answer.position() >= headEnd + length;
    };
  }

  @Override
  boolean endsWithConnection() {
    return headEnd > 0 && length == TO_THE_END;
  }

  @Override
  boolean spent() {
    return spent;
  }

  /** Goes on from the last line that was read (RFC 9112 §7.1). */
  private boolean lastChunkCame() throws IOException {
    for (int end = lineEnd(); end > 0; end = lineEnd()) {
      if (trailing && end - line == 2) {
        return true;
      }
      int size = trailing ? 0 : Http1Reader.size(text(line, end).strip());
      if (size > answer.capacity()) {
        throw new IOException("the answers are too long to be timed");
      }
      trailing |= size == 0;
      int next = size == 0 ? end : end + size + 2;
      if (next > answer.position()) {
        return false;
      }
      line = next;
    }
    return false;
  }

  /** {@return where the line that was begun ends, 0 if it has not} */
  private int lineEnd() {
    for (int at = line; at < answer.position(); at++) {
      if (answer.get(at) == '\n') {
        return at + 1;
      }
    }
    return 0;
  }

  /** Passes over interim answers (RFC 9110 §15.2). */
  private boolean headComplete() throws IOException {
    for (; scanned < answer.position(); scanned++) {
      if (answer.get(scanned) == '\n'
          && answer.get(scanned - 1) == '\r'
          && answer.get(scanned - 2) == '\n') {
        int end = scanned + 1;
        if (!startLine().interim()) {
          headEnd = end;
          line = end;
          trailing = false;
          understand();
          return true;
        }
        begin(end);
      }
    }
    return false;
  }

  @Override
  int status() {
    return startLine().status();
  }

  private Http1Reader.Head startLine() {
    String start = text(begin, Math.min(begin + STATUS_END, answer.position()));
    return new Http1Reader.Head(start, List.of());
  }

  private String text(int from, int to) {
    byte[] octets = new byte[to - from];
    answer.get(from, octets);
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /** How the body is framed (RFC 9112 §6.3), and whether the connection persists (§9.3). */
  private void understand() throws IOException {
    String head = text(begin, headEnd).toLowerCase(Locale.ROOT);
    int status = status();
    String connection = value(head, "connection");
    length = status == 204 || status == 304 ? 0 : bodyLength(head);
    spent =
        length == TO_THE_END
            || connection.contains("close")
            || (head.startsWith("http/1.0") && !connection.contains("keep-alive"));
  }

  private static int bodyLength(String head) throws IOException {
    if (value(head, "transfer-encoding").contains("chunked")) {
      return CHUNKED;
    }
    String told = value(head, "content-length");
    if (told.isEmpty()) {
      return TO_THE_END;
    }
    if (!told.matches("\\d{1,9}")) {
      throw new IOException("the answer is no HTTP/1.1");
    }
    return Integer.parseInt(told);
  }

  /** {@return the first value of a field, empty where there is none} */
  private static String value(String head, String name) {
    String before = "\r\n" + name + ":";
    int at = head.indexOf(before);
    return at < 0 ? "" : head.substring(at + before.length(), head.indexOf('\r', at + 2)).strip();
  }
}
