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
 * Builds Netty's codec of a connection, with the reading side put together anew: heads are kept as
 * they came, and frames are counted. What Netty bounds on the sending side stays: 200 RST_STREAM in
 * 30 s that a client makes us send (CVE-2025-8671), and control frames that wait for a peer who
 * does not read.
 */
public final class StrictCodec extends Http2FrameCodecBuilder {
  private static final int SMALL_CONTINUATIONS = 16;
  private static final int NO_LIMIT = 0;

  private final int headers;

  private StrictCodec(boolean server, int headers) {
    this.headers = headers;
    server(server);
    // Advisory, and no reason not to send a head (RFC 9113 §10.5.1).
    encoderIgnoreMaxHeaderListSize(true);
    validateHeaders(false);
    decoderEnforceMaxConsecutiveEmptyDataFrames(NO_LIMIT);
    decoderEnforceMaxRstFramesPerWindow(NO_LIMIT, NO_LIMIT);
    // What is under way is never cut to end a connection in time.
    gracefulShutdownTimeoutMillis(-1);
  }

  /**
   * {@return the codec of a client's connection}
   *
   * @param concurrentStreams at once
   * @param headers octets of a head's fields, decoded (RFC 9113 §6.5.2); of a larger one nothing is
   *     kept
   */
  public static Http2FrameCodec server(int concurrentStreams, int headers) {
    StrictCodec builder = new StrictCodec(true, headers);
    builder.initialSettings(
        Http2Settings.defaultSettings()
            .maxConcurrentStreams(concurrentStreams)
            .maxHeaderListSize(headers));
    return builder.build();
  }

  /**
   * {@return the codec of an upstream's connection}
   *
   * @param headers as above, of an answer's head
   */
  public static Http2FrameCodec client(int headers) {
    StrictCodec builder = new StrictCodec(false, headers);
    builder.initialSettings(
        Http2Settings.defaultSettings().pushEnabled(false).maxHeaderListSize(headers));
    return builder.build();
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
