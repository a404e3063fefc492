package dev.discreet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ResponseDecoderTest {
  private static String answer(String raw, boolean end) {
    return Feed.response(HttpMethod.GET, Feed.whole(raw), end);
  }

  @Test
  void relaysInterimAnswersBeforeTheFinalOne() {
    assertThat(
            answer(
                "HTTP/1.1 103 \r\na: b\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok",
                false))
        .isEqualTo("[HTTP/1.1 103 |a=b]  end [HTTP/1.1 200 OK|content-length=2] ok end reusable");
  }

  @Test
  void endsAnUnsizedBodyWithTheConnection() {
    assertThat(answer("HTTP/1.0 200 OK\r\n\r\nabc", true))
        .isEqualTo("[HTTP/1.0 200 OK] abc end spent");
  }

  @Test
  void gathersChunksOfOneOctet() {
    ResponseDecoder decoder = new ResponseDecoder(Feed.LIMITS);
    EmbeddedChannel channel = new EmbeddedChannel(decoder);
    decoder.expect(HttpMethod.GET);
    Feed.write(channel, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
    Feed.write(channel, "1\r\nx\r\n".repeat(10_000) + "0\r\n\r\n");
    int octets = 0;
    int parts = 0;
    for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
      if (message instanceof HttpContent part) {
        parts++;
        octets += part.content().readableBytes();
        part.release();
      }
    }
    assertThat(octets).isEqualTo(10_000);
    assertThat(parts).isEqualTo(1 + 10_000 / 1024 + 1);
  }

  @Test
  void takesAResetForNoEndOfABody() {
    ResponseDecoder decoder = new ResponseDecoder(Feed.LIMITS);
    Transcript transcript = new Transcript(() -> {});
    EmbeddedChannel channel = new EmbeddedChannel(decoder, transcript);
    decoder.expect(HttpMethod.GET);
    Feed.write(channel, "HTTP/1.1 200 OK\r\n\r\nabc");
    decoder.exceptionCaught(
        channel.pipeline().context(transcript), new IOException("connection reset"));
    Feed.end(channel);
    assertThat(transcript).hasToString("[HTTP/1.1 200 OK] abc!502 ");
  }

  @Test
  void emitsNothingWhereNoAnswerBegan() {
    assertThat(answer("", true)).isEqualTo("spent");
    assertThat(answer("HTTP/1.1 200", true)).startsWith("!502");
  }

  @Test
  void closesAnIdleConnectionOnWhichSomethingCame() {
    ResponseDecoder decoder = new ResponseDecoder(Feed.LIMITS);
    EmbeddedChannel channel = new EmbeddedChannel(decoder);
    assertThat(decoder.reusable()).isTrue();
    Feed.write(channel, "HTTP/1.1 408 \r\n\r\n");
    assertThat(decoder.reusable()).isFalse();
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.<Object>readInbound()).isNull();
  }

  @Test
  void keepsAConnectionOnlyWhereBothSidesDo() {
    String empty = " 200 OK\r\ncontent-length: 0\r\n";
    assertThat(answer("HTTP/1.0" + empty + "\r\n", false)).endsWith("spent");
    assertThat(answer("HTTP/1.0" + empty + "connection: Keep-Alive\r\n\r\n", false))
        .endsWith("reusable");
    assertThat(answer("HTTP/1.1" + empty + "connection: x, Close\r\n\r\n", false))
        .endsWith("spent");
  }
}
