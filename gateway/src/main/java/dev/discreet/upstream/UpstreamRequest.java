package dev.discreet.upstream;

import dev.discreet.wire.Hop;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.function.Predicate;

/** A head as it is sent upstream; {@link RequestHeads} alone makes one. */
public final class UpstreamRequest extends DefaultHttpRequest {
  private final Predicate<String> discarded;

  /**
   * Makes one.
   *
   * @param discarded which names were taken from the head, and are from its trailers
   */
  UpstreamRequest(
      HttpMethod method, String target, HttpHeaders headers, Predicate<String> discarded) {
    super(HttpVersion.HTTP_1_1, method, target, headers);
    this.discarded = discarded;
  }

  /** {@return whether the body waits for a 100 (RFC 9110 §10.1.1)} */
  boolean expectsContinue() {
    return headers().contains(HttpHeaderNames.EXPECT);
  }

  /** Takes from trailers what was taken from the head, and what may not stand there at all. */
  void strip(HttpHeaders trailers) {
    if (!trailers.isEmpty()) {
      Hop.stripTrailers(trailers);
      List.copyOf(trailers.names()).stream().filter(discarded).forEach(trailers::remove);
    }
  }
}
