package dev.discreet.upstream;

import dev.discreet.wire.Hop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The heads of answers as they go on to clients (SPEC §6). */
public final class ResponseHeads {
  private static final String REQUEST_ID = "x-request-id";

  private ResponseHeads() {}

  /**
   * Makes an upstream's head the client's: without what belongs to the hop behind us, with our
   * request id, and with a framing where the end of the connection was its end.
   */
  public static void forClient(HttpResponse answer, HttpMethod method, String requestId) {
    answer.setProtocolVersion(HttpVersion.HTTP_1_1);
    HttpHeaders headers = answer.headers();
    Hop.strip(headers);
    stripRequestId(headers);
    headers.set(REQUEST_ID, requestId);
    int status = answer.status().code();
    if (status == 204) {
      stripFraming(headers);
    }
    boolean bodiless = status == 204 || status == 304 || method.equals(HttpMethod.HEAD);
    if (!bodiless
        && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
        && !HttpUtil.isTransferEncodingChunked(answer)) {
      HttpUtil.setTransferEncodingChunked(answer, true);
    }
  }

  /** Makes an interim head the client's. */
  static void forClient(HttpResponse interim) {
    interim.setProtocolVersion(HttpVersion.HTTP_1_1);
    Hop.strip(interim.headers());
    stripRequestId(interim.headers());
    stripFraming(interim.headers());
  }

  /** Makes the head of a 101 the client's. */
  public static void forUpgrade(HttpResponse switching, String requestId) {
    forClient(switching);
    switching.headers().set(REQUEST_ID, requestId);
    Upgrade.say(switching);
  }

  /** Takes from trailers what was taken from the head, and what may not stand there at all. */
  static void stripTrailers(HttpHeaders trailers, Set<String> namedByConnection) {
    if (!trailers.isEmpty()) {
      Hop.stripTrailers(trailers);
      stripRequestId(trailers);
      for (String name : List.copyOf(trailers.names())) {
        if (namedByConnection.contains(name.toLowerCase(Locale.ROOT))
            || namedByConnection.contains(Hop.canonical(name))) {
          trailers.remove(name);
        }
      }
    }
  }

  /** No body follows, so nothing may say that one does (RFC 9112 §6.1, RFC 9110 §8.6). */
  private static void stripFraming(HttpHeaders headers) {
    headers.remove(HttpHeaderNames.CONTENT_LENGTH);
    headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
  }

  private static void stripRequestId(HttpHeaders headers) {
    for (String name : List.copyOf(headers.names())) {
      if (name.length() == REQUEST_ID.length() && Hop.canonical(name).equals(REQUEST_ID)) {
        headers.remove(name);
      }
    }
  }
}
