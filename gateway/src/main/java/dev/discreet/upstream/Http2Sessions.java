package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.wire.DecoderLimits;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of HTTP/2 to one upstream, by event loop and address. */
final class Http2Sessions {
  private final UpstreamConfig config;
  private final DecoderLimits limits;
  private final Dialer dialer;
  private final Map<EventLoop, OfLoop> byLoop = new ConcurrentHashMap<>();
  private volatile boolean retired;

  Http2Sessions(UpstreamConfig config, DecoderLimits limits, Dialer dialer) {
    this.config = config;
    this.limits = limits;
    this.dialer = dialer;
  }

  OfLoop of(EventLoop loop) {
    return byLoop.computeIfAbsent(loop, OfLoop::new);
  }

  void retire() {
    retired = true;
    byLoop.values().forEach(one -> one.loop.execute(one::closeIdle));
  }

  /** Those of one event loop, which alone touches them. */
  final class OfLoop {
    private final EventLoop loop;
    private final Map<Destination, List<Http2Session>> sessions = new HashMap<>();

    private OfLoop(EventLoop loop) {
      this.loop = loop;
    }

    /** Opens a stream: on a connection that can take one more, else on a new one. */
    void open(Destination destination, ConnectionOwner owner, Connector.Outcome outcome) {
      List<Http2Session> known = sessions.computeIfAbsent(destination, key -> new ArrayList<>(1));
      for (Http2Session session : known) {
        if (session.takes()) {
          session.open(owner, outcome);
          return;
        }
      }
      Http2Session session = new Http2Session(loop, config, limits, () -> retired);
      known.add(session);
      session.open(owner, outcome);
      dialer.dial(destination, loop, session::speak, dialled(destination, session));
    }

    private Dialer.Outcome dialled(Destination destination, Http2Session session) {
      return new Dialer.Outcome() {
        @Override
        public void connected(Channel channel) {
          channel.closeFuture().addListener(closed -> forget(destination, session));
          session.connected();
        }

        @Override
        public void failed(UpstreamFailure failure) {
          forget(destination, session);
          session.failed(failure);
        }
      };
    }

    private void forget(Destination destination, Http2Session session) {
      List<Http2Session> left = sessions.get(destination);
      if (left != null && left.remove(session) && left.isEmpty()) {
        sessions.remove(destination);
      }
    }

    private void closeIdle() {
      sessions.values().forEach(list -> List.copyOf(list).forEach(Http2Session::closeIfIdle));
    }
  }
}
