package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static HttpContent part(String octets) {
    return new DefaultHttpContent(Unpooled.copiedBuffer(octets, StandardCharsets.ISO_8859_1));
  }

  @Test
  void aConnectionIsUsedAgain() throws Exception {
    try (RawUpstream api = RawUpstream.answering(OK);
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      for (int i = 0; i < 3; i++) {
        RecordingSink sink = new RecordingSink();
        gateway.forward(gateway.loop, sink, "GET", false);
        assertThat(sink.ended()).isEqualTo("done");
        assertThat(sink.body).hasToString("ok");
        gateway.loop.submit(() -> {}).get();
      }
      assertThat(api.connections()).isEqualTo(1);
    }
  }

  /** The second request meets a reset: on a used connection, before any octet of an answer. */
  @ParameterizedTest
  @CsvSource({"GET,false,done,2", "PUT,true,BAD_GATEWAY,1", "POST,false,BAD_GATEWAY,1"})
  void isSentAgainOnlyWhereThatIsHarmless(
      String method, boolean hasBody, String end, int connections) throws Exception {
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(connection, OK);
                  RawUpstream.readHead(connection);
                  if (number == 1) {
                    RawUpstream.reset(connection);
                  }
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      RecordingSink first = new RecordingSink();
      gateway.forward(gateway.loop, first, "GET", false);
      assertThat(first.ended()).isEqualTo("done");
      gateway.loop.submit(() -> {}).get();
      RecordingSink second = new RecordingSink();
      String[] fields = hasBody ? new String[] {"content-length", "5"} : new String[0];
      gateway.forward(gateway.loop, second, method, hasBody, fields);
      assertThat(second.ended()).isEqualTo(end);
      assertThat(api.connections()).isEqualTo(connections);
    }
  }

  /** Whoever began to answer has acted upon the request: to send it again would act twice. */
  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void isNotSentAgainOnceAnOctetOfAnAnswerCame(boolean reused, boolean reset) throws Exception {
    for (String begun : List.of("H", "HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 103 Early\r\n\r\n")) {
      AtomicInteger deletes = new AtomicInteger();
      try (RawUpstream api =
              new RawUpstream(
                  (connection, number) -> {
                    if (reused && number == 1) {
                      RawUpstream.readHead(connection);
                      RawUpstream.write(connection, OK);
                    }
                    RawUpstream.readHead(connection);
                    deletes.incrementAndGet();
                    RawUpstream.write(connection, begun);
                    if (reset) {
                      RawUpstream.reset(connection);
                    }
                  });
          Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
        if (reused) {
          RecordingSink first = new RecordingSink();
          gateway.forward(gateway.loop, first, "GET", false);
          assertThat(first.ended()).isEqualTo("done");
          gateway.loop.submit(() -> {}).get();
        }
        RecordingSink sink = new RecordingSink();
        gateway.forward(gateway.loop, sink, "DELETE", false);
        assertThat(sink.ended()).as(begun).isEqualTo("BAD_GATEWAY");
        assertThat(deletes).as(begun).hasValue(1);
        assertThat(api.connections()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\n\r\nuntil the end",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
      })
  void anAnswerThatIsResetIsCut(String octets) throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(connection, octets);
                  await(seen);
                  RawUpstream.reset(connection);
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      RecordingSink sink = new RecordingSink();
      gateway.forward(gateway.loop, sink, "GET", false);
      sink.headCame.get(10, TimeUnit.SECONDS);
      seen.countDown();
      assertThat(sink.ended()).isEqualTo("cut");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAnswerBeforeTheBodyIsThroughIsRelayedAndTheConnectionEnds() throws Exception {
    CompletableFuture<String> rest = new CompletableFuture<>();
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(connection, "HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n");
                  rest.complete(RawUpstream.rest(connection));
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      RecordingSink sink = new RecordingSink();
      ForwardedExchange exchange =
          gateway.forward(gateway.loop, sink, "POST", true, "transfer-encoding", "chunked");
      assertThat(sink.ended()).isEqualTo("done");
      assertThat(sink.status).isEqualTo(413);
      gateway.loop.submit(() -> exchange.body(part("late"))).get();
      assertThat(rest.get(10, TimeUnit.SECONDS)).isEmpty();
    }
  }

  /** The reset that follows an early answer breaks our writes, not the answer. */
  @Test
  void anEarlyAnswerOutlivesTheResetBehindIt() throws Exception {
    CompletableFuture<Void> answered = new CompletableFuture<>();
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  connection.getInputStream().read();
                  RawUpstream.write(connection, "HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n");
                  // Unread octets make this close a reset.
                  connection.close();
                  answered.complete(null);
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      RecordingSink sink = new RecordingSink();
      ForwardedExchange exchange =
          gateway.forward(gateway.loop, sink, "POST", true, "content-length", "1000000");
      sink.bodyWanted.get(10, TimeUnit.SECONDS);
      gateway
          .loop
          .submit(
              () -> {
                exchange.body(part("x".repeat(1000)));
                answered.join();
                // Answer and reset are both there before this loop looks.
                exchange.body(part("x".repeat(1000)));
              })
          .get();
      assertThat(sink.ended()).isEqualTo("done");
      assertThat(sink.status).isEqualTo(413);
    }
  }

  @Test
  void aBodyThatIsBrokenOffNeverLooksWhole() throws Exception {
    CompletableFuture<String> rest = new CompletableFuture<>();
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  rest.complete(RawUpstream.rest(connection));
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      RecordingSink sink = new RecordingSink();
      ForwardedExchange exchange =
          gateway.forward(gateway.loop, sink, "POST", true, "transfer-encoding", "chunked");
      sink.bodyWanted.get(10, TimeUnit.SECONDS);
      gateway
          .loop
          .submit(
              () -> {
                exchange.body(part("hello"));
                exchange.cancel();
              })
          .get();
      assertThat(rest.get(10, TimeUnit.SECONDS)).isEqualTo("5\r\nhello\r\n");
      assertThat(sink.end).isNotDone();
    }
  }

  @Test
  void aBodyOfVeryManyPartsAtHandDoesNotFillTheStack() throws Exception {
    CompletableFuture<Integer> length = new CompletableFuture<>();
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  length.complete(connection.getInputStream().readNBytes(20_000).length);
                  RawUpstream.write(connection, OK);
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      AtomicReference<ForwardedExchange> exchange = new AtomicReference<>();
      RecordingSink sink =
          new RecordingSink() {
            private int left = 20_000;

            @Override
            public void wantBody() {
              HttpContent next =
                  --left > 0
                      ? part("x")
                      : new DefaultLastHttpContent(Unpooled.copiedBuffer(new byte[] {'x'}));
              ForwardedExchange to = exchange.get();
              if (to != null) {
                to.body(next);
              }
            }
          };
      gateway.loop.submit(
          () -> {
            exchange.set(
                gateway.forward(gateway.loop, sink, "POST", true, "content-length", "20000"));
            return null;
          });
      assertThat(length.get(10, TimeUnit.SECONDS)).isEqualTo(20_000);
      assertThat(sink.ended()).isEqualTo("done");
    }
  }

  @Test
  void timeOuts() throws Exception {
    try (RawUpstream api = new RawUpstream((connection, number) -> RawUpstream.rest(connection));
        Fixture gateway =
            new Fixture(api, Fixture.Settings.usual().response(Duration.ofMillis(150)))) {
      RecordingSink sink = new RecordingSink();
      gateway.forward(gateway.loop, sink, "GET", false);
      assertThat(sink.ended()).isEqualTo("TIMEOUT");
    }
    try (RawUpstream api =
            RawUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello");
        Fixture gateway = new Fixture(api, Fixture.Settings.usual().idle(Duration.ofMillis(150)))) {
      RecordingSink sink = new RecordingSink();
      gateway.forward(gateway.loop, sink, "GET", false);
      assertThat(sink.ended()).isEqualTo("cut");
    }
  }

  @ParameterizedTest
  @CsvSource({"103,16,done", "103,17,BAD_GATEWAY", "101,1,BAD_GATEWAY"})
  void interimAnswers(String status, int count, String end) throws Exception {
    String interim = "HTTP/1.1 " + status + " Early\r\nContent-Length: 5\r\n\r\n";
    try (RawUpstream api = RawUpstream.answering(interim.repeat(count) + OK);
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      RecordingSink sink = new RecordingSink();
      gateway.forward(gateway.loop, sink, "GET", false);
      assertThat(sink.ended()).isEqualTo(end);
      assertThat(sink.interims).hasSizeLessThanOrEqualTo(16);
    }
  }

  @Test
  void whatNoHeadMaySayNoTrailerSaysEither() throws Exception {
    CompletableFuture<String> sent = new CompletableFuture<>();
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  sent.complete(RawUpstream.readHead(connection));
                  RawUpstream.write(
                      connection,
                      String.join(
                          "\r\n",
                          "HTTP/1.1 200 OK",
                          "Transfer-Encoding: chunked",
                          "Connection: x-hop",
                          "",
                          "0",
                          "X-Hop: 1",
                          "X_Request_Id: 2",
                          "Set-Cookie: a",
                          "X-Sum: 3",
                          "",
                          ""));
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      RecordingSink sink = new RecordingSink();
      ForwardedExchange exchange =
          gateway.forward(gateway.loop, sink, "POST", true, "transfer-encoding", "chunked");
      sink.bodyWanted.get(10, TimeUnit.SECONDS);
      LastHttpContent last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
      last.trailingHeaders().add("x-gone-1", "no").add("x-sum", "yes").add("expect", "no");
      gateway.loop.submit(() -> exchange.body(last)).get();
      assertThat(sent.get(10, TimeUnit.SECONDS)).isEqualTo("0\r\nx-sum: yes\r\n\r\n");
      assertThat(sink.ended()).isEqualTo("done");
      assertThat(sink.trailers).isNotNull();
      assertThat(sink.trailers.names()).containsExactly("X-Sum");
    }
  }
}
