package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.telemetry.UpstreamMetrics;
import dev.discreet.wire.ClientEncoder;
import dev.discreet.wire.DecoderLimits;
import dev.discreet.wire.ResponseDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections for exchanges: over HTTP/1.1 each has a socket of its own, over HTTP/2 each is
 * a stream, which serves once.
 */
final class Connector {
  /** How an attempt ended. */
  interface Outcome {
    void connected(UpstreamConnection connection);

    void failed(UpstreamFailure failure);
  }

  private final DecoderLimits limits;
  private final Dialer dialer;
  private final @Nullable Http2Sessions sessions;

  Connector(
      UpstreamConfig config,
      DecoderLimits limits,
      ChannelFactory<?> channels,
      UpstreamMetrics metrics) {
    this.limits = limits;
    dialer = new Dialer(config, channels, metrics);
    sessions = config.http2() ? new Http2Sessions(config, limits, dialer) : null;
  }

  /** Connects; the outcome is told on {@code loop}. */
  void connect(Destination destination, EventLoop loop, ConnectionOwner owner, Outcome outcome) {
    if (sessions != null) {
      sessions.of(loop).open(destination, owner, outcome);
    } else {
      dialer.dial(destination, loop, channel -> speakHttp1(channel, owner), opened(outcome));
    }
  }

  private void speakHttp1(Channel channel, ConnectionOwner owner) {
    ResponseDecoder decoder = new ResponseDecoder(limits);
    channel
        .pipeline()
        .addLast(
            decoder,
            new ClientEncoder(),
            new UpstreamConnection(channel, decoder, owner, () -> null));
  }

  private static Dialer.Outcome opened(Outcome outcome) {
    return new Dialer.Outcome() {
      @Override
      public void connected(Channel channel) {
        UpstreamConnection connection = channel.pipeline().get(UpstreamConnection.class);
        connection.opened();
        outcome.connected(connection);
      }

      @Override
      public void failed(UpstreamFailure failure) {
        outcome.failed(failure);
      }
    };
  }

  /** What carries no stream ends, the rest with its last. */
  void retire() {
    if (sessions != null) {
      sessions.retire();
    }
  }
}
