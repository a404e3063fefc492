package dev.discreet.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells why a listener accepts nobody, such as for want of file descriptors. Behind Netty's own
 * handler, which stops accepting for a second and then tries again: until then clients wait in the
 * kernel's queue.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(AcceptFailures.class);

  private final OnceAMinute seldom = new OnceAMinute();

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (seldom.permits()) {
      log.warn(
          "no connection can be accepted on {}: {}; those that are open are served, and it is tried"
              + " again each second; told once a minute",
          ctx.channel().localAddress(),
          cause.getMessage());
    }
  }
}
