package dev.discreet.http;

import dev.discreet.upstream.OutOfMemory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a connection on which something failed; what is no mere reset of the peer's is a fault of
 * ours.
 */
final class LastResort extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(LastResort.class);

  private final RequestsInFlight inFlight;

  LastResort(RequestsInFlight inFlight) {
    this.inFlight = inFlight;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (OutOfMemory.isCauseOf(cause)) {
      inFlight.outOfMemory();
      Cut.of(ctx.channel(), OutOfMemory.WORDS);
    } else if (cause instanceof IOException) {
      log.debug("a client's connection broke: {}", cause.toString());
      ctx.close();
    } else {
      log.error("a fault in the pipeline; the connection is closed", cause);
      Cut.of(ctx.channel(), "a fault of the gateway");
    }
  }
}
