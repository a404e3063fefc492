package dev.discreet.http;

import dev.discreet.upstream.LazyTimer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answers 503 to what the gateway can't bear (SPEC §2, step 0): a request beyond those that it can
 * have in flight, and the first of a connection that is one too many. Nothing of the request is
 * looked at.
 */
final class LoadShedding extends ChannelInboundHandlerAdapter {
  /** For how long a connection that is shed is waited for: its request says in which form. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final String TOO_MANY_CONNECTIONS = "too many connections";

  private final RequestsInFlight inFlight;
  private final boolean shed;
  private @Nullable LazyTimer silent;

  LoadShedding(RequestsInFlight inFlight, boolean shed) {
    this.inFlight = inFlight;
    this.shed = shed;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (shed) {
      silent = new LazyTimer(ctx.channel().eventLoop(), () -> shedSilent(ctx));
      silent.arm(PATIENCE);
    }
    ctx.fireChannelActive();
  }

  private static void shedSilent(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (tls != null && !tls.handshakeFuture().isDone()) {
      // Which protocol it would speak is not known.
      ctx.close();
    } else {
      ctx.writeAndFlush(Answers.rejected(503, TOO_MANY_CONNECTIONS));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof Exchange && shed) {
      cancel();
      ctx.writeAndFlush(Answers.rejected(503, TOO_MANY_CONNECTIONS));
    } else if (message instanceof Exchange && inFlight.tooMany()) {
      ctx.writeAndFlush(Answers.rejected(503, "too many requests at once"));
    } else {
      ctx.fireChannelRead(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancel();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    cancel();
  }

  private void cancel() {
    if (silent != null) {
      silent.cancel();
    }
  }
}
