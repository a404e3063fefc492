package dev.discreet.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Times requests of HTTP/1.1. */
final class Http1Stopwatch extends Stopwatch {
  private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String LENGTH = "\r\ncontent-length:";
  private static final String CHUNKED = "\r\ntransfer-encoding: chunked";
  private static final int HEAD = 1 << 14;

  /** Where the status of a line such as {@code HTTP/1.1 404} ends. */
  private static final int STATUS_END = 12;

  private int scanned;
  private int headEnd;
  private int length;

  Http1Stopwatch(Wire wire, Target target, String agent, List<Ask> asks) {
    super(
        wire,
        asks.stream()
            .map(ask -> Http1Asker.head(target, agent, ask).getBytes(StandardCharsets.ISO_8859_1))
            .toList());
  }

  @Override
  void prepare(ByteBuffer request) {
    scanned = 3;
    headEnd = 0;
    length = 0;
  }

  @Override
  boolean complete() throws IOException {
    if (headEnd == 0 && !headComplete()) {
      return false;
    }
    if (length >= 0) {
      return answer.position() >= headEnd + length;
    }
    int end = answer.position() - LAST_CHUNK.length;
    for (int i = 0; i < LAST_CHUNK.length; i++) {
      if (end < headEnd - 2 || answer.get(end + i) != LAST_CHUNK[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean headComplete() throws IOException {
    for (; scanned < answer.position(); scanned++) {
      if (answer.get(scanned) == '\n'
          && answer.get(scanned - 1) == '\r'
          && answer.get(scanned - 2) == '\n') {
        headEnd = ++scanned;
        length = bodyLength();
        return true;
      }
    }
    return false;
  }

  @Override
  int status() {
    byte[] line = new byte[Math.min(STATUS_END, headEnd)];
    answer.get(0, line);
    return new Http1Reader.Head(new String(line, StandardCharsets.ISO_8859_1), List.of()).status();
  }

  /** {@return the length of the body, -1 if it is chunked} */
  private int bodyLength() throws IOException {
    byte[] octets = new byte[Math.min(HEAD, headEnd)];
    answer.get(0, octets);
    String head = new String(octets, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    if (head.contains(CHUNKED)) {
      return -1;
    }
    int at = head.indexOf(LENGTH);
    if (at < 0) {
      throw new IOException("the length of the answer is told by the end of the connection");
    }
    int from = at + LENGTH.length();
    try {
      return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
    } catch (NumberFormatException e) {
      throw new IOException("the answer is no HTTP/1.1", e);
    }
  }
}
