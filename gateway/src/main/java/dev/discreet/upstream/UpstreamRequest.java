package dev.discreet.upstream;

import dev.discreet.wire.Hop;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A head as it is sent upstream; {@link RequestHeads} alone makes one. */
public final class UpstreamRequest extends DefaultHttpRequest {
  private final boolean ownHost;
  private final Predicate<String> discarded;
  private final @Nullable Redirects redirects;

  /**
   * Makes one.
   *
   * @param ownHost whether the host is that of the address it goes to
   * @param redirects how locations in its answer are rewritten, or null where they are not
   * @param discarded which names were taken from the head, and are from its trailers
   */
  UpstreamRequest(
      HttpMethod method,
      String target,
      HttpHeaders headers,
      boolean ownHost,
      @Nullable Redirects redirects,
      Predicate<String> discarded) {
    super(HttpVersion.HTTP_1_1, method, target, headers);
    this.ownHost = ownHost;
    this.redirects = redirects;
    this.discarded = discarded;
  }

  /** It is sent to this address, after another where it is sent again. */
  void goesTo(String authority) {
    if (ownHost) {
      headers().set(HttpHeaderNames.HOST, authority);
    }
  }

  /** {@return how locations in its answer are rewritten, or null where they are not} */
  @Nullable Redirects redirects() {
    return redirects;
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
