package dev.discreet.http;

import dev.discreet.http.Answer.Field;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;

/**
 * The form that all of the gateway's own answers have (SPEC §3): the same fields in the same order,
 * so that two answers differ in nothing but what was decided.
 */
final class AnswerWriter {
  private AnswerWriter() {}

  /**
   * {@return the response that says {@code answer}}
   *
   * @param requestId as it is logged
   * @param headOnly for HEAD: the head of GET, and no body
   * @param close whether the connection ends with it
   */
  static FullHttpResponse render(Answer answer, String requestId, boolean headOnly, boolean close) {
    ByteBuf body = headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body());
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            answer.status(),
            body,
            DefaultHttpHeadersFactory.headersFactory().withValidation(false),
            DefaultHttpHeadersFactory.trailersFactory());
    HttpHeaders headers = response.headers();
    if (!answer.isPreflight()) {
      // A 204 has no content, and must not say how long it is (RFC 9110 §8.6).
      headers.add("content-type", answer.contentType());
      headers.add("content-length", String.valueOf(answer.body().length));
    }
    headers.add("cache-control", "no-store");
    headers.add("x-content-type-options", "nosniff");
    headers.add("cross-origin-resource-policy", "same-origin");
    for (Field field : answer.fields()) {
      headers.add(field.name(), field.value());
    }
    headers.add("x-request-id", requestId);
    headers.add("date", HttpDate.now());
    if (close) {
      headers.add("connection", "close");
    }
    return response;
  }
}
