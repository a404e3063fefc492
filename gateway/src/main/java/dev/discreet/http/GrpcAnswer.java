package dev.discreet.http;

import dev.discreet.http.Answer.Field;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * The form that an answer has for a gRPC client: a head alone, in whose fields the status is
 * ("Trailers-Only" of gRPC over HTTP/2; SPEC §3).
 */
final class GrpcAnswer {
  private static final String TYPE = "application/grpc";

  private GrpcAnswer() {}

  /** {@return whether {@code answer} has this form: it refuses a request of gRPC} */
  static boolean isFormOf(Answer answer, HttpRequest request) {
    return answer.status().code() >= 400 && isGrpc(request);
  }

  /** {@return whether the request is one of gRPC} */
  static boolean isGrpc(HttpRequest request) {
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
    if (type == null || !type.regionMatches(true, 0, TYPE, 0, TYPE.length())) {
      return false;
    }
    return type.length() == TYPE.length() || "+;".indexOf(type.charAt(TYPE.length())) >= 0;
  }

  /**
   * {@return the status that SPEC §3 takes an upstream's answer for: of a head alone, what its
   * {@code grpc-status} says}
   */
  static int statusOf(HttpResponse head) {
    return switch (head.headers().get("grpc-status", "")) {
      case "7" -> 403;
      case "5" -> 404;
      default -> head.status().code();
    };
  }

  /**
   * {@return the response that says {@code answer}}
   *
   * @param requestId as it is logged
   */
  static FullHttpResponse render(Answer answer, String requestId) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.OK,
            Unpooled.EMPTY_BUFFER,
            DefaultHttpHeadersFactory.headersFactory().withValidation(false),
            DefaultHttpHeadersFactory.trailersFactory());
    HttpHeaders headers = response.headers();
    headers.add("content-type", TYPE);
    headers.add("grpc-status", String.valueOf(status(answer.status().code())));
    headers.add("grpc-message", message(answer));
    headers.add("cache-control", "no-store");
    for (Field field : answer.fields()) {
      if (field.name().equals("www-authenticate") || Cors.isOf(field)) {
        headers.add(field.name(), field.value());
      }
    }
    headers.add("x-request-id", requestId);
    headers.add("date", HttpDate.now());
    return response;
  }

  /** The codes of gRPC that SPEC §3 gives to statuses. */
  private static int status(int http) {
    return switch (http) {
      case 400, 414, 417 -> 3;
      case 401 -> 16;
      case 403 -> 7;
      case 404 -> 5;
      case 405, 505 -> 12;
      case 408 -> 4;
      case 413, 429, 431 -> 8;
      case 502, 503, 504 -> 14;
      default -> 2;
    };
  }

  /** What is missing, or the status's name; of printable ASCII but for percent signs it stays. */
  private static String message(Answer answer) {
    Lacking lacking = answer.lacking();
    String text = lacking == null ? answer.status().reasonPhrase() : lacking.detail();
    return text.replace("%", "%25");
  }
}
