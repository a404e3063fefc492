package dev.discreet.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether the peer of a connection of HTTP/2 is still there: one that vanished without a word would
 * let each stream run into its time-out. Stands below the codec, since whatever comes is a sign of
 * life. On one event loop.
 */
final class Liveness extends ChannelInboundHandlerAdapter {
  /** A stream that ends so long after anything came did not end by its answer. */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Duration wait;
  private final Consumer<Duration> vanished;
  private long heardNanos = System.nanoTime();
  private @Nullable Future<?> deadline;

  /**
   * Prepares.
   *
   * @param connect how long its peer may take to accept a connection; no longer to answer a PING
   * @param vanished told for how long it did not answer, before the connection is closed
   */
  Liveness(Duration connect, Consumer<Duration> vanished) {
    this.vanished = vanished;
    wait = connect.compareTo(LONGEST_WAIT) < 0 ? connect : LONGEST_WAIT;
  }

  /** {@return whether its peer was asked, and has not shown life since} */
  boolean doubted() {
    return deadline != null;
  }

  /** A stream has ended. After a silence the peer is asked (PING, RFC 9113 §6.7). */
  void streamEnded(ChannelHandlerContext ctx) {
    if (doubted() || !ctx.channel().isActive() || System.nanoTime() - heardNanos < SILENCE_NANOS) {
      return;
    }
    deadline = ctx.executor().schedule(() -> end(ctx), wait.toNanos(), TimeUnit.NANOSECONDS);
    ctx.channel().writeAndFlush(new DefaultHttp2PingFrame(0));
  }

  private void end(ChannelHandlerContext ctx) {
    vanished.accept(wait);
    ctx.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    heardNanos = System.nanoTime();
    forget();
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    forget();
    ctx.fireChannelInactive();
  }

  private void forget() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
