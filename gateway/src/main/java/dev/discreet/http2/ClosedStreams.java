package dev.discreet.http2;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Tells a head that comes too late from one that was on its way when we reset its stream (RFC 9113
 * §5.1): the one is the client's fault, the other is nobody's. Netty forgets both.
 */
final class ClosedStreams {
  /** More than a client can have on their way, but for one that never reads. */
  private static final int REMEMBERED = 256;

  private final Http2Connection connection;
  private final Set<Integer> reset = new LinkedHashSet<>();

  ClosedStreams(Http2Connection connection) {
    this.connection = connection;
  }

  void reset(int streamId) {
    reset.add(streamId);
    if (reset.size() > REMEMBERED) {
      reset.remove(reset.iterator().next());
    }
  }

  void requireOpen(int streamId) throws Http2Exception {
    Http2Stream stream = connection.stream(streamId);
    if (stream != null && stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE) {
      throw Http2Exception.streamError(
          streamId, Http2Error.STREAM_CLOSED, "a head behind the end of stream %d", streamId);
    }
    if (stream == null
        && connection.streamMayHaveExisted(streamId)
        && !reset.contains(streamId)
        && !connection.goAwaySent()) {
      throw Http2Exception.connectionError(
          Http2Error.STREAM_CLOSED, "a head for stream %d, which is over", streamId);
    }
  }
}
