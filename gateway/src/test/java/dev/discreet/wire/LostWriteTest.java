package dev.discreet.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discreet.testing.FailingAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.EncoderException;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LostWriteTest {
  private final FailingAllocator memory = new FailingAllocator();
  private final EmbeddedChannel channel = new EmbeddedChannel(new ServerEncoder());

  private void write(Object part) {
    channel.writeAndFlush(part).addListener(LostWrite.ENDS);
  }

  private static DefaultHttpContent part() {
    return new DefaultHttpContent(Unpooled.copiedBuffer("part", StandardCharsets.US_ASCII));
  }

  private void begin() {
    channel.config().setAllocator(memory);
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
    write(head);
    write(part());
    channel.outboundMessages().forEach(message -> ((ByteBuf) message).release());
    channel.outboundMessages().clear();
  }

  @Test
  void aPartThatCanNotBeWrittenIsAFailureOfItsConnection() {
    begin();
    channel.checkException();
    memory.failWrites();
    write(part());
    assertThat(channel.outboundMessages()).as("nothing of it").isEmpty();
    assertThatThrownBy(channel::checkException)
        .isInstanceOf(EncoderException.class)
        .hasCauseInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void whoLeftIsNoFailure() {
    begin();
    channel.close();
    write(part());
    channel.checkException();
    assertThat(channel.isOpen()).isFalse();
  }
}
