package dev.discreet.upstream;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;

/**
 * Two connections that were upgraded (RFC 9110 §7.8): the octets of each go to the other, and it is
 * read as fast as the other takes them. Who has said his last word may still be told the other's;
 * when one is closed, both are, once what it said is sent. On the one event loop of both.
 */
public final class Tunnel {
  private final Channel client;
  private final Channel upstream;
  private final LazyTimer idle;
  private final Duration limit;
  private boolean halfEnded;

  /**
   * Connects them; {@link #start()} lets octets flow.
   *
   * @param limit how long no octet may flow, either way
   * @param silent run when it has passed
   */
  Tunnel(Channel client, Channel upstream, Duration limit, Runnable silent) {
    this.client = client;
    this.upstream = upstream;
    this.limit = limit;
    idle = new LazyTimer(client.eventLoop(), silent);
  }

  /** {@return what receives the client's octets; to be the last that does} */
  public Side clientSide() {
    return new Side(upstream);
  }

  /** {@return what receives the upstream's octets} */
  Side upstreamSide() {
    return new Side(client);
  }

  void start() {
    idle.arm(limit);
    client.flush();
    upstream.flush();
    client.read();
    upstream.read();
  }

  /** Closes both. */
  public void end() {
    client.close();
    upstream.close();
  }

  /** One of the two. */
  public final class Side extends ChannelInboundHandlerAdapter {
    private final Channel other;

    private Side(Channel other) {
      this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object octets) {
      idle.arm(limit);
      other.write(octets);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      other.flush();
      if (other.isWritable()) {
        ctx.read();
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      if (ctx.channel().isWritable()) {
        idle.arm(limit);
        other.read();
      }
      ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        said();
      } else {
        ctx.fireUserEventTriggered(event);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      idle.cancel();
      endAfterFlush();
      ctx.fireChannelInactive();
    }

    /** One that has said its last word may still be told the other's. */
    private void said() {
      if (halfEnded || other.pipeline().get(SslHandler.class) != null) {
        endAfterFlush();
      } else {
        halfEnded = true;
        other
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(sent -> ((DuplexChannel) other).shutdownOutput());
      }
    }

    private void endAfterFlush() {
      other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> end());
    }
  }
}
