package dev.discreet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RequestFlowTest {
  private static final String GET = "GET /a HTTP/1.1\r\nhost: h\r\n\r\n";
  private static final String POST = "POST /a HTTP/1.1\r\ncontent-length: 5\r\n\r\n";

  private final Reads reads = new Reads();
  private final RequestDecoder decoder = new RequestDecoder(() -> Feed.LIMITS);
  private final Transcript transcript = new Transcript(() -> {});
  private final EmbeddedChannel channel = new EmbeddedChannel();

  RequestFlowTest() {
    channel.config().setAutoRead(false);
    channel.pipeline().addLast(reads, decoder, transcript);
  }

  @AfterEach
  void release() {
    channel.finishAndReleaseAll();
  }

  @Test
  void pausesBetweenPipelinedRequests() {
    Feed.write(channel, GET + GET);
    assertThat(transcript).hasToString("[GET /a HTTP/1.1|host=h]  end ");

    decoder.resume();
    assertThat(transcript)
        .hasToString("[GET /a HTTP/1.1|host=h]  end [GET /a HTTP/1.1|host=h]  end ");
  }

  @Test
  void readsUntilAHeadIsComplete() {
    Feed.write(channel, GET.substring(0, 5));
    assertThat(reads.taken()).isOne();
    Feed.write(channel, " HTTP/1.1\r\n\r\n");
    assertThat(transcript).hasToString("[GET / HTTP/1.1]  end ");
  }

  @Test
  void readsABodyOnlyWhereAReadBroughtNoPart() {
    Feed.write(channel, "POST /a HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n");
    assertThat(reads.taken()).isZero();
    Feed.write(channel, "5;a");
    assertThat(reads.taken()).isOne();
    Feed.write(channel, "\r\nhel");
    assertThat(reads.taken()).isZero();
  }

  @Test
  void whoAsksForABodyWithinItsHeadGetsWhatIsAtHandAndNothingIsRead() {
    channel.pipeline().addBefore(channel.pipeline().lastContext().name(), null, new Asking());
    Feed.write(channel, GET + "x".repeat(16 * 1024));
    assertThat(reads.taken()).isZero();
    assertThat(transcript).hasToString("[GET /a HTTP/1.1|host=h]  end ");
  }

  @Test
  void whoAsksForABodyWithinItsHeadIsReadForWhereNoneIsAtHand() {
    channel.pipeline().addBefore(channel.pipeline().lastContext().name(), null, new Asking());
    Feed.write(channel, POST);
    assertThat(reads.taken()).isOne();
  }

  @Test
  void readsOnAfterAResumptionThatBroughtAHead() {
    String chunked = "POST /b HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n";
    Feed.write(channel, GET + chunked);
    reads.taken();
    decoder.resume();
    assertThat(reads.taken()).isZero();
    Feed.write(channel, "5");
    assertThat(reads.taken()).isOne();
  }

  @Test
  void stopsReadingWhenItHoldsEnoughOfWhatFollows() {
    Feed.write(channel, GET);
    assertThat(reads.taken()).isOne();
    Feed.write(channel, "x".repeat(16 * 1024 - 1));
    assertThat(reads.taken()).isOne();
    Feed.write(channel, "x");
    assertThat(reads.taken()).isZero();
  }

  @Test
  void tellsThatThePeerLeftWhileAnExchangeIsUnderWay() {
    Feed.write(channel, GET);
    Feed.end(channel);
    assertThat(transcript.toString()).endsWith("end left ");
    assertThat(channel.isOpen()).isTrue();

    decoder.resume();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void closesAnIdleConnectionThatEnds() {
    Feed.write(channel, "\r\n");
    Feed.end(channel);
    assertThat(channel.isOpen()).isFalse();
    assertThat(transcript.toString()).isEmpty();
  }

  @Test
  void refusesARequestThatEndsWithinHeadOrBody() {
    Feed.write(channel, POST + "hel");
    Feed.end(channel);
    assertThat(transcript).hasToString("[POST /a HTTP/1.1|content-length=5] hel!400 ");
  }

  @Test
  void emitsNothingAfterARefusal() {
    Feed.write(channel, "GET /a HTTP/1.1\n");
    Feed.write(channel, GET);
    decoder.resume();
    Feed.end(channel);
    assertThat(transcript).hasToString("!400 ");
  }

  /** Asks for a body as soon as there is a head. */
  private static final class Asking extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ctx.fireChannelRead(message);
      if (message instanceof HttpRequest) {
        ctx.read();
      }
    }
  }

  private static final class Reads extends ChannelOutboundHandlerAdapter {
    private int count;

    @Override
    public void read(ChannelHandlerContext ctx) {
      count++;
    }

    /** {@return the reads since the last call} */
    int taken() {
      int taken = count;
      count = 0;
      return taken;
    }
  }
}
