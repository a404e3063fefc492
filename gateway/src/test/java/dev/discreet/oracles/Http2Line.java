package dev.discreet.oracles;

import dev.discreet.oracles.Ask.Body;
import dev.discreet.oracles.Told.Answer;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.RawHttp2.Arrival;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A connection of HTTP/2. */
final class Http2Line implements Line {
  /** What a peer may reset in a while is limited (SPEC §7), so that no connection gets too many. */
  private static final int MOST = 60;

  private static final int FRAME = 16_384;

  /** What may be sent of a body without asking; a refused one gets no more room. */
  private static final int WINDOW = 2 * FRAME;

  /** For all answers of a connection. */
  private static final int ROOM = 1 << 24;

  private static final Set<Integer> OF_STREAMS =
      Set.of(RawHttp2.HEADERS, RawHttp2.CONTINUATION, RawHttp2.DATA, RawHttp2.RST_STREAM);

  private final RawHttp2 client;
  private final String scheme;
  private int next = 1;

  Http2Line(Socket socket, String scheme) throws IOException {
    client = new RawHttp2(socket);
    byte[] room = ByteBuffer.allocate(4).putInt(ROOM).array();
    client.frame(RawHttp2.WINDOW_UPDATE, RawHttp2.NONE, 0, room);
    this.scheme = scheme;
  }

  @Override
  public Told tell(List<Ask> asks) throws IOException {
    int first = next;
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (Ask ask : asks) {
      sent.writeBytes(frames(next, ask));
      next += 2;
    }
    client.arrivals();
    client.octets(sent.toByteArray());
    List<Answer> answers = new ArrayList<>();
    for (int stream = first; stream < next; stream += 2) {
      answers.add(answer(client.await(stream)));
    }
    client.frame(RawHttp2.PING, RawHttp2.NONE, 0, new byte[8]).awaitFrame(RawHttp2.PING);
    List<Arrival> arrivals = client.arrivals();
    StringBuilder after = new StringBuilder(client.open() ? "goes on" : "ends");
    after.append("; heads of");
    for (Arrival frame : arrivals) {
      if (frame.type() == RawHttp2.HEADERS) {
        after.append(" +").append(frame.stream() - first);
      }
    }
    for (int stream = first; stream < next; stream += 2) {
      after.append("; frames of +").append(stream - first).append(": ");
      after.append(framesOf(stream, arrivals));
    }
    return new Told(answers, after.toString());
  }

  /**
   * Each stream's by itself: in which order the codec gives the DATA of streams its turn hangs on
   * when it got to read. What follows a RST_STREAM was said of DATA that was under way then.
   */
  private static String framesOf(int stream, List<Arrival> arrivals) {
    StringBuilder text = new StringBuilder();
    for (Arrival frame : arrivals) {
      if (frame.stream() == stream && OF_STREAMS.contains(frame.type())) {
        // The length of compressed fields depends on what came before on the connection.
        int length = frame.type() == RawHttp2.DATA ? frame.length() : 0;
        text.append(frame.type()).append('/').append(frame.flags()).append('/').append(length);
        if (frame.type() == RawHttp2.RST_STREAM) {
          return text.append(" code ").append(frame.code()).toString();
        }
        text.append(' ');
      }
    }
    return text.toString();
  }

  private static Answer answer(RawHttp2.Stream stream) {
    List<String> lines =
        stream.heads().isEmpty() ? List.of() : List.of(stream.heads().getFirst().split("\n", -1));
    int status =
        lines.isEmpty() ? 0 : Integer.parseInt(lines.getFirst().substring(":status: ".length()));
    return new Answer(
        status, lines, stream.body(), String.join("\n", stream.heads()) + "\n\n" + stream.body());
  }

  private byte[] frames(int stream, Ask ask) {
    List<String> fields =
        new ArrayList<>(
            List.of(
                ":method",
                ask.method(),
                ":scheme",
                scheme,
                ":authority",
                Ask.HOST,
                ":path",
                ask.path()));
    for (String field : ask.fields()) {
      int colon = field.indexOf(": ");
      fields.add(field.substring(0, colon).toLowerCase(Locale.ROOT));
      fields.add(field.substring(colon + 2));
    }
    if (ask.body().declared() >= 0) {
      fields.addAll(List.of("content-length", Integer.toString(ask.body().declared())));
    }
    boolean ends = ask.body().declared() == Body.NONE;
    int flags = RawHttp2.END_HEADERS | (ends ? RawHttp2.END_STREAM : 0);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(RawHttp2.octets(RawHttp2.HEADERS, flags, stream, RawHttp2.fields(fields)));
    if (!ends && !ask.body().held()) {
      all.writeBytes(data(stream, ask.body()));
    }
    return all.toByteArray();
  }

  private static byte[] data(int stream, Body body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] content = body.content().getBytes(StandardCharsets.US_ASCII);
    int room = Math.min(content.length, WINDOW);
    for (int at = 0; at < room; at += FRAME) {
      int end = Math.min(room, at + FRAME);
      int flags = end == content.length && body.whole() ? RawHttp2.END_STREAM : RawHttp2.NONE;
      byte[] piece = Arrays.copyOfRange(content, at, end);
      all.writeBytes(RawHttp2.octets(RawHttp2.DATA, flags, stream, piece));
    }
    return all.toByteArray();
  }

  @Override
  public boolean lives() {
    return client.open() && next < 2 * MOST;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
