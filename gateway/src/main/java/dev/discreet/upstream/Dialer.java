package dev.discreet.upstream;

import dev.discreet.client.ConnectionFailure;
import dev.discreet.config.UpstreamConfig;
import dev.discreet.telemetry.UpstreamMetrics;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens sockets to the addresses of one upstream, and shakes hands where it speaks TLS. */
final class Dialer {
  private static final int LOW_WATER_OCTETS = 32 << 10;
  private static final int HIGH_WATER_OCTETS = 64 << 10;

  /** How an attempt ended. */
  interface Outcome {
    void connected(Channel channel);

    void failed(UpstreamFailure failure);
  }

  private final UpstreamConfig config;
  private final ChannelFactory<?> channels;
  private final UpstreamMetrics metrics;
  private final @Nullable ClientTls tls;

  Dialer(UpstreamConfig config, ChannelFactory<?> channels, UpstreamMetrics metrics) {
    this.config = config;
    this.channels = channels;
    this.metrics = metrics;
    tls = config.tls() == null ? null : ClientTls.of(config.tls(), config.http2());
  }

  /**
   * Connects; the outcome is told on {@code loop}.
   *
   * @param above adds what stands above TLS
   */
  void dial(Destination destination, EventLoop loop, Consumer<Channel> above, Outcome outcome) {
    new Bootstrap()
        .group(loop)
        .channelFactory(channels)
        .disableResolver()
        .option(ChannelOption.AUTO_READ, false)
        // Its end and a reset must be told apart: the one may end an answer, the other never does.
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.TCP_NODELAY, true)
        // An upstream that answers early and closes breaks our writes; its answer is still read.
        .option(ChannelOption.AUTO_CLOSE, false)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis())
        .option(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(LOW_WATER_OCTETS, HIGH_WATER_OCTETS))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                if (tls != null) {
                  channel
                      .pipeline()
                      .addLast(
                          tls.handler(channel, destination.url(), config.timeouts().connect()),
                          new TlsEnd());
                }
                above.accept(channel);
              }
            })
        .connect(destination.socket())
        .addListener(
            (ChannelFuture done) -> {
              // Where no socket is to be had, Netty tells it on a thread of its own.
              if (loop.inEventLoop()) {
                ended(done, outcome);
              } else {
                loop.execute(() -> ended(done, outcome));
              }
            });
  }

  private int connectMillis() {
    return Math.clamp(config.timeouts().connect().toMillis(), 1, Integer.MAX_VALUE);
  }

  private void ended(ChannelFuture done, Outcome outcome) {
    Channel channel = done.channel();
    SslHandler handler = done.isSuccess() ? channel.pipeline().get(SslHandler.class) : null;
    if (!done.isSuccess()) {
      outcome.failed(failure(done.cause()));
    } else if (handler == null) {
      opened(channel, outcome);
    } else {
      channel.read();
      handler
          .handshakeFuture()
          .addListener(
              (Future<Channel> shaken) -> {
                if (shaken.isSuccess()) {
                  opened(channel, outcome);
                } else {
                  channel.close();
                  outcome.failed(TlsFailure.of(shaken.cause()));
                }
              });
    }
  }

  private void opened(Channel channel, Outcome outcome) {
    metrics.connectionOpened();
    channel.closeFuture().addListener(closed -> metrics.connectionClosed());
    outcome.connected(channel);
  }

  private static UpstreamFailure failure(Throwable cause) {
    if (OutOfMemory.isCauseOf(cause)) {
      return UpstreamFailure.noMemory();
    }
    return cause instanceof ConnectTimeoutException
        ? UpstreamFailure.timeout("connecting took too long")
        : UpstreamFailure.badGateway(ConnectionFailure.connecting(cause));
  }
}
