package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Bodies on their way to the upstream, and answers that come before they are through. */
class ForwardedBodyTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static HttpContent part(String octets) {
    return new DefaultHttpContent(Unpooled.copiedBuffer(octets, StandardCharsets.ISO_8859_1));
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

  /** C-10. */
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
