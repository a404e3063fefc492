package dev.discreet.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;

/** What becomes of a body that nobody wants any more, on either protocol. */
final class UnreadBody {
  private UnreadBody() {}

  /**
   * {@return whether it is read and dropped, so that the connection or stream goes on: one of a
   * declared length that is short enough, which the client does not hold back (SPEC §3)}
   *
   * @param continued whether the client was sent a 100
   * @param most {@code limits.drain}, in octets
   */
  static boolean isDrained(HttpRequest request, boolean continued, long most) {
    return (continued || !request.headers().contains(HttpHeaderNames.EXPECT))
        && !HttpUtil.isTransferEncodingChunked(request)
        && HttpUtil.getContentLength(request, 0L) <= most;
  }
}
