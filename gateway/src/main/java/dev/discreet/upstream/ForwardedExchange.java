package dev.discreet.upstream;

import io.netty.handler.codec.http.HttpContent;

/** A request on its way to its upstream, as the client's side holds it. On one event loop. */
public interface ForwardedExchange {
  /** Sends the head; from now on its sink is told what comes of it, perhaps within this call. */
  void start();

  /** Sends a part of the body, which it then owns; the last ends the request. */
  void body(HttpContent part);

  /** Says whether the client can take more: while it can't, the upstream is not read. */
  void clientWritable(boolean writable);

  /** The client left: whatever has not reached its end never does. */
  void cancel();
}
