package dev.discreet.audit;

import dev.discreet.audit.Body.Framing;
import dev.discreet.audit.Body.Sending;
import dev.discreet.audit.Http1Reader.Head;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks in HTTP/1.1. What the connection is good for afterwards, a further request shows. */
final class Http1Asker implements Asker {
  /** Bodies up to this go with the head. */
  private static final int SMALL = 16 << 10;

  private final Target target;
  private final String agent;
  private final Ask next;
  private final Patience patience;

  /**
   * An asker.
   *
   * @param next what shows whether the connection lives
   */
  Http1Asker(Target target, String agent, Ask next, Patience patience) {
    this.target = target;
    this.agent = agent;
    this.next = next;
    this.patience = patience;
  }

  @Override
  public Observation ask(List<Ask> asks) throws IOException {
    Observation seen = new Observation();
    try (Socket socket = target.connect(Protocol.H1)) {
      Conversation conversation = new Conversation(socket, seen);
      try {
        conversation.hold(asks);
      } catch (SocketTimeoutException silence) {
        seen.silent();
      } catch (EOFException end) {
        seen.note(Observation.CONNECTION, "closed without an answer");
      } catch (IOException reset) {
        seen.note(Observation.CONNECTION, "reset");
      }
    }
    return seen;
  }

  /** {@return the head of a request} */
  static String head(Target target, String agent, Ask ask) {
    StringBuilder head = new StringBuilder(ask.method()).append(' ');
    head.append(ask.path()).append(' ').append(ask.version()).append("\r\n");
    head.append("host: ").append(target.authority()).append("\r\nuser-agent: ").append(agent);
    for (Field field : ask.fields()) {
      head.append("\r\n").append(field.name()).append(": ").append(field.value());
    }
    if (ask.body().framing() == Framing.SIZED) {
      head.append("\r\ncontent-length: ").append(ask.body().octets());
    } else if (ask.body().framing() == Framing.CHUNKED) {
      head.append("\r\ntransfer-encoding: chunked");
    }
    if (ask.body().sending() == Sending.EXPECTING) {
      head.append("\r\nexpect: 100-continue");
    }
    return head.append("\r\n\r\n").toString();
  }

  private final class Conversation {
    private final Observation seen;
    private final Incoming incoming;
    private final Http1Reader reader;
    private final OutputStream out;
    private @Nullable Upload upload;

    Conversation(Socket socket, Observation seen) throws IOException {
      this.seen = seen;
      incoming = new Incoming(socket, patience.answer());
      reader = new Http1Reader(incoming.stream());
      out = socket.getOutputStream();
    }

    void hold(List<Ask> asks) throws IOException {
      send(asks.stream().map(ask -> head(target, agent, ask)).collect(Collectors.joining()));
      boolean withheld = begin(asks.getFirst().body());
      boolean goesOn = true;
      for (int i = 0; i < asks.size() && goesOn; i++) {
        goesOn = answer(asks.get(i), i == 0 ? "" : "answer " + (i + 1) + ": ", withheld);
      }
      boolean whole = finish(asks.getFirst().body());
      end(goesOn && whole && asks.getFirst().version().equals(Ask.VERSION));
    }

    private void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** {@return whether an answer may come before the body goes} */
    private boolean begin(Body body) throws IOException {
      if (body.framing() == Framing.NONE) {
        return false;
      }
      if (body.sending() == Sending.AT_ONCE) {
        upload(body);
        return false;
      }
      if (incoming.comes(patience.hold())) {
        return true;
      }
      seen.note(Observation.REQUEST, "waited for");
      upload(body);
      return false;
    }

    private void upload(Body body) throws IOException {
      byte[] octets = body.onTheWire();
      if (octets.length <= SMALL) {
        out.write(octets);
        return;
      }
      upload = new Upload(out, octets);
      upload.start();
    }

    private boolean answer(Ask ask, String before, boolean withheld) throws IOException {
      Head head = reader.head();
      boolean sent = !withheld;
      for (; head.interim(); head = reader.head()) {
        Http1Reader.noteInterim(head, before, seen);
        if (!sent) {
          upload(ask.body());
          sent = true;
        }
      }
      Http1Reader.note(head, before, seen);
      if (head.status() == 101) {
        return false;
      }
      boolean goesOn = reader.body(head, ask.method(), before, seen);
      if (!sent) {
        seen.note(Observation.REQUEST, "not waited for");
      }
      return goesOn && sent;
    }

    private boolean finish(Body body) {
      if (upload == null) {
        return true;
      }
      boolean whole = upload.whole(patience.hold());
      seen.note(Observation.REQUEST, body.octets() + (whole ? " octets taken" : " octets refused"));
      return whole;
    }

    private void end(boolean goesOn) throws IOException {
      if (!goesOn) {
        seen.note(Observation.CONNECTION, incoming.end(patience.linger()));
        return;
      }
      try {
        send(head(target, agent, next));
        Head head = reader.head();
        seen.note(
            Observation.CONNECTION,
            head.status() == 0 ? "goes on with " + head.line() : "lives on");
      } catch (IOException ended) {
        seen.note(Observation.CONNECTION, "ended");
      }
    }
  }
}
