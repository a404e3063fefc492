package dev.discreet.audit;

import dev.discreet.audit.Body.Framing;
import dev.discreet.audit.Body.Sending;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks in HTTP/2. What the connection is good for afterwards, a PING shows. */
final class Http2Asker implements Asker {
  private final Target target;
  private final String agent;
  private final Patience patience;

  Http2Asker(Target target, String agent, Patience patience) {
    this.target = target;
    this.agent = agent;
    this.patience = patience;
  }

  @Override
  public Observation ask(List<Ask> asks) throws IOException {
    Observation seen = new Observation();
    try (Socket socket = target.connect(Protocol.H2)) {
      Conversation conversation = new Conversation(socket, seen);
      try {
        conversation.hold(asks);
      } catch (SocketTimeoutException silence) {
        seen.silent();
      } catch (EOFException end) {
        seen.note(Observation.CONNECTION, "closed");
      } catch (IOException reset) {
        seen.note(Observation.CONNECTION, "reset");
      }
      conversation.noteStreams();
    }
    return seen;
  }

  /** What came on a stream. */
  private static final class Stream {
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private final SeenBody body = new SeenBody();
    private final StringBuilder frames = new StringBuilder();
    private boolean answered;
    private boolean reset;
    private boolean over;
  }

  private final class Conversation {
    private final Socket socket;
    private final Observation seen;
    private final Incoming incoming;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private final Map<Integer, Stream> streams = new TreeMap<>();
    private byte[] body = new byte[0];
    private int sent;
    private int initialWindow = Frame.WINDOW;
    private int streamWindow = Frame.WINDOW;
    private int window = Frame.WINDOW;
    private boolean pinged;

    Conversation(Socket socket, Observation seen) throws IOException {
      this.socket = socket;
      this.seen = seen;
      incoming = new Incoming(socket, patience.answer());
    }

    void hold(List<Ask> asks) throws IOException {
      byte[] all = Frame.PREFACE;
      for (int i = 0; i < asks.size(); i++) {
        streams.put(2 * i + 1, new Stream());
        all = Frame.join(all, Http2Head.frame(2 * i + 1, target, agent, asks.get(i)));
      }
      write(all);
      begin(asks.getFirst().body());
      while (!streams.values().stream().allMatch(stream -> stream.over)) {
        next();
      }
      if (asks.getFirst().body().framing() != Framing.NONE) {
        seen.note(Observation.REQUEST, sent == body.length ? "taken" : "not waited for");
      }
      write(Frame.octets(Frame.PING, 0, 0, new byte[8]));
      while (!pinged) {
        next();
      }
      seen.note(Observation.CONNECTION, "lives on");
    }

    private void write(byte[] octets) throws IOException {
      socket.getOutputStream().write(octets);
    }

    private void begin(Body wanted) throws IOException {
      if (wanted.framing() == Framing.NONE) {
        return;
      }
      body = wanted.content();
      if (wanted.sending() == Sending.AT_ONCE) {
        pump();
        return;
      }
      sent = -1;
      Stream stream = stream(1);
      while (stream.frames.isEmpty() && incoming.comes(patience.hold())) {
        next();
      }
      if (!stream.over) {
        seen.note(Observation.REQUEST, stream.frames.isEmpty() ? "waited for" : "answered first");
        sent = 0;
        pump();
      }
    }

    /** Sends what the windows have room for. */
    private void pump() throws IOException {
      while (sent >= 0 && sent < body.length && !stream(1).over) {
        int size = Math.min(Math.min(window, streamWindow), Math.min(16_384, body.length - sent));
        if (size <= 0) {
          return;
        }
        byte[] piece = Arrays.copyOfRange(body, sent, sent + size);
        sent += size;
        window -= size;
        streamWindow -= size;
        int end = sent == body.length ? Frame.END_STREAM : 0;
        write(Frame.octets(Frame.DATA, end, 1, piece));
      }
    }

    private Stream stream(int id) {
      return streams.computeIfAbsent(id, key -> new Stream());
    }

    private void next() throws IOException {
      Frame frame = Frame.read(incoming.stream());
      switch (frame.type()) {
        case Frame.SETTINGS -> settings(frame);
        case Frame.PING -> {
          pinged |= frame.has(Frame.ACK);
          if (!frame.has(Frame.ACK)) {
            write(Frame.octets(Frame.PING, Frame.ACK, 0, frame.payload()));
          }
        }
        case Frame.WINDOW_UPDATE -> {
          window += frame.stream() == 0 ? frame.number(0) : 0;
          streamWindow += frame.stream() == 1 ? frame.number(0) : 0;
          pump();
        }
        case Frame.GOAWAY ->
            seen.note(Observation.CONNECTION, "GOAWAY with code " + frame.number(4));
        default -> {
          if (frame.stream() != 0) {
            take(frame, stream(frame.stream()));
          }
        }
      }
    }

    private void settings(Frame frame) throws IOException {
      if (frame.has(Frame.ACK)) {
        return;
      }
      int before = initialWindow;
      initialWindow = frame.initialWindow(before);
      streamWindow += initialWindow - before;
      write(Frame.octets(Frame.SETTINGS, Frame.ACK, 0));
      pump();
    }

    private void take(Frame frame, Stream stream) throws IOException {
      String before = frame.stream() == 1 ? "" : "stream " + frame.stream() + ": ";
      switch (frame.type()) {
        case Frame.HEADERS, Frame.CONTINUATION -> {
          stream.block.writeBytes(frame.content());
          stream.frames.append(" HEADERS");
          if (frame.has(Frame.END_HEADERS)) {
            head(stream, before);
          }
        }
        case Frame.DATA -> {
          stream.body.add(frame.content(), frame.content().length);
          stream.frames.append(" DATA of ").append(frame.content().length);
        }
        case Frame.RST_STREAM -> {
          // Further ones are for what was on its way: as many as chance has it.
          if (!stream.reset) {
            stream.frames.append(" RST_STREAM with code ").append(frame.number(0));
          }
          stream.reset = true;
          stream.over = true;
        }
        default -> {
          // What is of no answer tells nothing.
        }
      }
      boolean ends = frame.type() == Frame.DATA || frame.type() == Frame.HEADERS;
      if (ends && frame.has(Frame.END_STREAM)) {
        stream.frames.append(" END_STREAM");
        stream.over = true;
      }
    }

    private void head(Stream stream, String before) throws IOException {
      Http2Headers fields = decoded(stream.block.toByteArray());
      stream.block.reset();
      @Nullable CharSequence status = fields.status();
      if (status == null || stream.answered) {
        fields.forEach(
            each ->
                seen.note(before + Observation.TRAILERS, each.getKey() + ": " + each.getValue()));
        return;
      }
      if (status.length() == 3 && status.charAt(0) == '1') {
        seen.note(before + Observation.INTERIM, status.toString());
        noteFields(fields, before + Observation.INTERIM_NAMES, before + Observation.INTERIM_FIELD);
        return;
      }
      stream.answered = true;
      seen.status(before + Observation.STATUS, Http2Head.status(status));
      noteFields(fields, before + Observation.NAMES, before + Observation.FIELD);
    }

    private void noteFields(Http2Headers fields, String names, String before) {
      StringBuilder order = new StringBuilder();
      fields.forEach(
          field -> {
            order.append(order.isEmpty() ? "" : ", ").append(field.getKey());
            if (field.getKey().charAt(0) != ':') {
              seen.note(before + field.getKey(), field.getValue().toString());
            }
          });
      seen.note(names, order.toString());
    }

    private Http2Headers decoded(byte[] block) throws IOException {
      try {
        return decoder.decodeHeaders(1, Unpooled.wrappedBuffer(block));
      } catch (Http2Exception e) {
        throw new IOException("no field section", e);
      }
    }

    void noteStreams() {
      streams.forEach(
          (id, stream) -> {
            String before = id == 1 ? "" : "stream " + id + ": ";
            seen.note(before + Observation.FRAMING, stream.frames.toString().strip());
            seen.note(before + Observation.BODY, stream.body.text());
          });
    }
  }
}
