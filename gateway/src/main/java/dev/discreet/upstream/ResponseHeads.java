package dev.discreet.upstream;

import dev.discreet.wire.Hop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** The heads of answers as they go on to clients (SPEC §6). */
public final class ResponseHeads {
  private ResponseHeads() {}

  /**
   * Makes an upstream's head the client's: without what belongs to the hop behind us, with our
   * request id, and with a framing where the end of the connection was its end.
   */
  public static void forClient(HttpResponse answer, HttpMethod method, String requestId) {
    answer.setProtocolVersion(HttpVersion.HTTP_1_1);
    HttpHeaders headers = answer.headers();
    Hop.strip(headers);
    for (String name : headers.names()) {
      if (Hop.canonical(name).equals("x-request-id")) {
        headers.remove(name);
      }
    }
    headers.set("x-request-id", requestId);
    int status = answer.status().code();
    boolean bodiless = status == 204 || status == 304 || method.equals(HttpMethod.HEAD);
    if (!bodiless
        && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
        && !HttpUtil.isTransferEncodingChunked(answer)) {
      HttpUtil.setTransferEncodingChunked(answer, true);
    }
  }
}
