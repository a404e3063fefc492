package dev.discreet.upstream;

import dev.discreet.wire.FieldValue;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/**
 * The change to WebSocket (RFC 6455 §4), the only one that is let through; of any other the request
 * goes on without it (SPEC §6).
 */
final class Upgrade {
  private static final CharSequence WEBSOCKET = HttpHeaderValues.WEBSOCKET;

  private Upgrade() {}

  /** {@return whether this request, as it was received, asks for WebSocket} */
  static boolean isRequestedBy(HttpRequest received) {
    return received.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && received.method().equals(HttpMethod.GET)
        && !hasBody(received)
        && names(received, HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        && names(received, HttpHeaderNames.UPGRADE, WEBSOCKET);
  }

  private static boolean hasBody(HttpRequest received) {
    String length = received.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0");
    return received.headers().contains(HttpHeaderNames.TRANSFER_ENCODING) || !length.equals("0");
  }

  /** {@return whether this head, as it is sent, asks for it} */
  static boolean isAskedFor(HttpRequest sent) {
    return sent.headers().contains(HttpHeaderNames.UPGRADE);
  }

  /** {@return whether an answer of 101 changes to WebSocket} */
  static boolean isAccepted(HttpMessage answer) {
    return names(answer, HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        && names(answer, HttpHeaderNames.UPGRADE, WEBSOCKET);
  }

  /** Says it anew, in a head whose hop-by-hop fields are gone. */
  static void say(HttpMessage head) {
    head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    head.headers().set(HttpHeaderNames.UPGRADE, WEBSOCKET);
  }

  private static boolean names(HttpMessage head, CharSequence field, CharSequence wanted) {
    for (String value : head.headers().getAll(field)) {
      List<String> parts = FieldValue.split(value, ',');
      if (parts != null && parts.stream().anyMatch(wanted.toString()::equalsIgnoreCase)) {
        return true;
      }
    }
    return false;
  }
}
