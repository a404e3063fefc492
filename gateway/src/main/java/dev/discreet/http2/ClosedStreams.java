package dev.discreet.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a frame that comes too late from one that was on its way when we reset its stream (RFC 9113
 * §5.1): the one is the peer's fault, the other is nobody's, and is ignored. Netty forgets both,
 * and would reset the stream once more for each frame.
 */
final class ClosedStreams {
  /** More than a client can have on their way, but for one that never reads. */
  private static final int REMEMBERED = 256;

  private final Http2Connection connection;

  /** For each stream, how many octets of DATA can still be on their way. */
  private final Map<Integer, Integer> reset = new LinkedHashMap<>();

  ClosedStreams(Http2Connection connection) {
    this.connection = connection;
  }

  void reset(int streamId) {
    reset.putIfAbsent(streamId, connection.local().flowController().initialWindowSize());
    if (reset.size() > REMEMBERED) {
      reset.remove(reset.keySet().iterator().next());
    }
  }

  /** {@return whether a head was on its way when its stream was reset} */
  boolean ignoresHead(int streamId) {
    return connection.stream(streamId) == null && reset.containsKey(streamId);
  }

  /**
   * {@return whether DATA was on its way when its stream was reset: no more than its window, which
   * does not grow any more; it is given back to the connection's, from which the peer took it}
   */
  boolean ignoresData(int streamId, ByteBuf data, int padding) throws Http2Exception {
    int octets = data.readableBytes() + padding;
    int left = connection.stream(streamId) == null ? reset.getOrDefault(streamId, -1) : -1;
    if (left < octets) {
      return false;
    }
    reset.put(streamId, left - octets);
    connection.local().flowController().receiveFlowControlledFrame(null, data, padding, false);
    return true;
  }

  void requireOpen(int streamId) throws Http2Exception {
    Http2Stream stream = connection.stream(streamId);
    if (stream != null && stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE) {
      throw Http2Exception.streamError(
          streamId, Http2Error.STREAM_CLOSED, "a head behind the end of stream %d", streamId);
    }
    if (stream == null && connection.streamMayHaveExisted(streamId) && !connection.goAwaySent()) {
      throw Http2Exception.connectionError(
          Http2Error.STREAM_CLOSED, "a head for stream %d, which is over", streamId);
    }
  }
}
