package dev.discreet.http2;

import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * Builds Netty's codec for a client's connection, with the reading side put together anew: heads
 * are kept as they came, and frames are counted. What Netty bounds on the sending side stays: 200
 * RST_STREAM in 30 s that a client makes us send (CVE-2025-8671), and control frames that wait for
 * a client who does not read.
 */
public final class ServerCodec extends Http2FrameCodecBuilder {
  private static final int SMALL_CONTINUATIONS = 16;
  private static final int NO_LIMIT = 0;

  private final int headers;

  private ServerCodec(int headers) {
    this.headers = headers;
  }

  /**
   * {@return the codec of one connection}
   *
   * @param concurrentStreams at once
   * @param headers octets of a head's fields, decoded (RFC 9113 §6.5.2); of a larger one nothing is
   *     kept
   */
  public static Http2FrameCodec of(int concurrentStreams, int headers) {
    Http2FrameCodecBuilder builder =
        new ServerCodec(headers)
            .initialSettings(
                Http2Settings.defaultSettings()
                    .maxConcurrentStreams(concurrentStreams)
                    .maxHeaderListSize(headers))
            // Advisory, and no reason not to answer (RFC 9113 §10.5.1).
            .encoderIgnoreMaxHeaderListSize(true)
            .validateHeaders(false)
            .decoderEnforceMaxConsecutiveEmptyDataFrames(NO_LIMIT)
            .decoderEnforceMaxRstFramesPerWindow(NO_LIMIT, NO_LIMIT)
            // An answer that is under way is never cut to end a connection in time.
            .gracefulShutdownTimeoutMillis(-1);
    return builder.build();
  }

  @Override
  public boolean isServer() {
    return true;
  }

  @Override
  protected Http2FrameCodec build(
      Http2ConnectionDecoder replaced, Http2ConnectionEncoder encoder, Http2Settings settings) {
    replaced.close();
    FrameBudget budget = new FrameBudget(System::nanoTime);
    ClosedStreams closed = new ClosedStreams(encoder.connection());
    Http2ConnectionEncoder noted = new NotedEncoder(encoder, budget, closed);
    Http2ConnectionDecoder decoder =
        new DefaultHttp2ConnectionDecoder(
            encoder.connection(),
            noted,
            new GuardedFrameReader(
                new DefaultHttp2FrameReader(new FieldListDecoder(headers), SMALL_CONTINUATIONS),
                budget,
                closed),
            Http2PromisedRequestVerifier.ALWAYS_VERIFY,
            true,
            true,
            false,
            false);
    return super.build(decoder, noted, settings);
  }
}
