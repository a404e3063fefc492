package dev.discreet.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Pattern;

/** Sends recorded octets to a parser. */
final class Replay {
  /** What shows that nothing was left over of the one before. */
  private static final Forwarded LAST =
      new Forwarded(
          new Generated("", "GET", "/last", "last", "", "", true),
          "last",
          "GET /last HTTP/1.1\r\nHost: last\r\nX-Request-Id: last\r\nConnection: close\r\n\r\n");

  private static final Pattern SEEN = Pattern.compile("(?im)^x-seen: (\\S*)");

  private final InetSocketAddress parser;

  Replay(InetSocketAddress parser) {
    this.parser = parser;
  }

  /** Each of these, sent over one connection, is seen as it was decided, and as one. */
  void eachIsOne(List<Forwarded> requests) throws IOException {
    try (RawClient client = new RawClient(parser)) {
      for (Forwarded request : requests) {
        isOne(client, request);
      }
      isOne(client, LAST);
      assertThat(client.readToEnd()).as("answers to what was not sent").isEmpty();
    }
  }

  private static void isOne(RawClient client, Forwarded request) throws IOException {
    client.send(request.octets());
    Answer answer = client.read("HEAD");
    while (answer.head().startsWith("HTTP/1.1 1")) {
      answer = client.read("HEAD");
    }
    assertThat(answer.value("x-seen"))
        .as("%s\nwas answered:\n%s", request, answer.head())
        .isEqualTo(request.seen());
  }

  /** It is seen as it was decided, or not at all. */
  void isOneOrNone(Forwarded request) throws IOException {
    assertThat(seen(answered(request.octets())))
        .as(request.toString())
        .isIn(List.of(), List.of(request.seen()));
  }

  /** These octets, behind which the connection ends, are no request. */
  void isNone(String octets) throws IOException {
    assertThat(seen(answered(octets))).as(octets).isEmpty();
  }

  private String answered(String octets) throws IOException {
    try (RawClient client = new RawClient(parser)) {
      return client.send(octets).finish().readToEnd();
    }
  }

  private static List<String> seen(String answers) {
    return SEEN.matcher(answers).results().map(result -> result.group(1)).toList();
  }
}
