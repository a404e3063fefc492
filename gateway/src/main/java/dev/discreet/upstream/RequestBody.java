package dev.discreet.upstream;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request on its way up. Back-pressure is by pulling: the client's side is asked for
 * a part when the last has left. On one event loop.
 */
final class RequestBody {
  private final UpstreamRequest head;
  private final ResponseSink client;
  private @Nullable UpstreamConnection connection;
  private boolean sent;
  private boolean begun;
  private boolean asked;
  private boolean asking;
  private boolean continueAwaited;

  /**
   * Prepares to send it.
   *
   * @param declared whether there is one
   * @param client who brings it
   */
  RequestBody(UpstreamRequest head, boolean declared, ResponseSink client) {
    this.head = head;
    this.client = client;
    sent = !declared;
    continueAwaited = declared && head.expectsContinue();
  }

  /** Ends the request whose head was just sent, or begins to pull its body. */
  void follow(UpstreamConnection connection) {
    this.connection = connection;
    if (!sent) {
      connection.flush();
      pull();
      return;
    }
    connection.send(LastHttpContent.EMPTY_LAST_CONTENT);
    // The client's side ends its request too; what it brings is not needed here.
    if (!asked) {
      asked = true;
      client.wantBody();
    }
  }

  /** Sends a part, or drops it where nobody wants it any more; {@return whether it was sent} */
  boolean send(HttpContent part) {
    UpstreamConnection current = connection;
    if (current == null || sent) {
      ReferenceCountUtil.release(part);
      return false;
    }
    asked = false;
    continueAwaited = false;
    if (part instanceof LastHttpContent last) {
      sent = true;
      head.strip(last.trailingHeaders());
    }
    begun = true;
    current.send(part);
    pull();
    return true;
  }

  /** Asks in a loop: a client's side that has parts at hand brings each while it is asked. */
  void pull() {
    if (asking) {
      return;
    }
    asking = true;
    try {
      while (!sent && !asked && connection != null && connection.writable()) {
        asked = true;
        client.wantBody();
      }
    } finally {
      asking = false;
    }
  }

  /** The upstream said 100, and the next step is the client's; {@return whether that is new} */
  boolean continued() {
    boolean awaited = continueAwaited;
    continueAwaited = false;
    return awaited;
  }

  /** Nothing more of it is sent. */
  void stop() {
    connection = null;
  }

  /** {@return whether some of it was sent, so that it can't be sent again} */
  boolean begun() {
    return begun;
  }

  /** {@return whether the request was sent to its end} */
  boolean sent() {
    return sent;
  }

  /** {@return whether the next step is the client's, so that no time of the upstream's runs} */
  boolean awaitsClient() {
    return !sent && asked && !continueAwaited;
  }
}
