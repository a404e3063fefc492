package dev.discreet.oracles;

import dev.discreet.oracles.Ask.Body;
import dev.discreet.oracles.Told.Answer;
import dev.discreet.testing.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A connection of HTTP/1.1. */
final class Http1Line implements Line {
  private final RawClient client;
  private boolean lives = true;

  Http1Line(Socket socket) throws IOException {
    client = new RawClient(socket);
  }

  @Override
  public Told tell(List<Ask> asks) throws IOException {
    StringBuilder sent = new StringBuilder();
    for (Ask ask : asks) {
      sent.append(head(ask)).append(ask.body().held() ? "" : onTheWire(ask.body()));
    }
    client.send(sent.toString());
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < asks.size() && lives; i++) {
      Answer answer = answer(client.read(asks.get(i).method()));
      answers.add(answer);
      lives =
          !answer.value("connection").equals("close")
              && !answer.octets().isEmpty()
              && asks.get(i).version().equals("HTTP/1.1");
    }
    return new Told(answers, after(asks.getLast()));
  }

  /**
   * Whether it goes on indeed, and whether more was said than was asked, the next exchange shows.
   */
  private String after(Ask last) throws IOException {
    if (!lives) {
      return "closed: " + client.readToEnd();
    }
    client.send(last.body().held() ? onTheWire(last.body()) : "");
    return "goes on";
  }

  private static Answer answer(RawClient.Answer read) {
    String[] words = read.head().split(" ", 3);
    return new Answer(
        words.length < 2 ? 0 : Integer.parseInt(words[1]),
        List.of(read.head().split("\r\n", -1)),
        read.body(),
        read.head() + read.body());
  }

  private static String head(Ask ask) {
    StringBuilder head = new StringBuilder(ask.method()).append(' ').append(ask.path());
    head.append(' ').append(ask.version()).append("\r\nhost: ").append(Ask.HOST);
    ask.fields().forEach(field -> head.append("\r\n").append(field));
    if (ask.body().declared() >= 0) {
      head.append("\r\ncontent-length: ").append(ask.body().declared());
    } else if (ask.body().declared() == Body.CHUNKS) {
      head.append("\r\ntransfer-encoding: chunked");
    }
    return head.append("\r\n\r\n").toString();
  }

  private static String onTheWire(Body body) {
    return body.declared() == Body.CHUNKS
        ? Integer.toHexString(body.sent()) + "\r\n" + body.content() + "\r\n0\r\n\r\n"
        : body.content();
  }

  @Override
  public boolean lives() {
    return lives;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
