package dev.discreet.http;

import dev.discreet.config.Addresses;
import dev.discreet.upstream.ClientAddress;
import dev.discreet.upstream.LazyTimer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.TransportProtocol;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the header that begins a connection of a proxy's (the PROXY protocol of HAProxy, versions 1
 * and 2), and then leaves. A connection that is no trusted proxy's, or begins in another way, is
 * closed without a word: what its octets mean is not known.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
  /** Of what may follow the addresses (TLVs): several times what known proxies send. */
  private static final int MOST_OCTETS = 4096;

  private static final Logger log = LoggerFactory.getLogger(ProxyHeader.class);

  private final Gateway gateway;
  private final OnceAMinute seldom;
  private final Runnable next;
  private @Nullable LazyTimer slow;

  /**
   * Waits for the header of one connection.
   *
   * @param seldom permits to tell what is wrong with it
   * @param next puts the handlers of what follows it behind this one
   */
  ProxyHeader(Gateway gateway, OnceAMinute seldom, Runnable next) {
    this.gateway = gateway;
    this.seldom = seldom;
    this.next = next;
  }

  static HAProxyMessageDecoder decoder() {
    return new HAProxyMessageDecoder(MOST_OCTETS);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    var config = gateway.current().config();
    if (!ClientAddress.trusts(Peer.of(ctx.channel()), config.trustedProxies())) {
      refuse(ctx, "it is none of trustedProxies");
      return;
    }
    slow = new LazyTimer(ctx.channel().eventLoop(), () -> refuse(ctx, "its header took too long"));
    slow.arm(config.timeouts().header());
    ctx.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof HAProxyMessage header)) {
      // Beyond a header that was refused.
      ReferenceCountUtil.release(message);
      return;
    }
    InetAddress source = source(header);
    header.release();
    if (source != null) {
      Peer.told(ctx.channel(), source);
    }
    next.run();
    ctx.fireChannelActive();
    ctx.pipeline().remove(this);
  }

  /** {@return the client's address; null where the proxy speaks for itself, or does not know it} */
  private static @Nullable InetAddress source(HAProxyMessage header) {
    String source = header.sourceAddress();
    return source == null
            || header.proxiedProtocol().transportProtocol() != TransportProtocol.STREAM
        ? null
        : Addresses.literal(source);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ctx.close();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException) {
      refuse(ctx, "it does not begin with a header of the PROXY protocol");
    } else {
      log.debug("a proxy's connection broke: {}", cause.toString());
      ctx.close();
    }
  }

  private void refuse(ChannelHandlerContext ctx, String why) {
    if (seldom.permits()) {
      log.warn(
          "a connection of {} to a listener with proxyProtocol is closed: {}; this is told once a"
              + " minute",
          ctx.channel().remoteAddress(),
          why);
    }
    ctx.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (slow != null) {
      slow.cancel();
    }
  }
}
