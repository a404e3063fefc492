package dev.discreet.upstream;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/** Where an upstream's answer goes. On the event loop that forwarded the request. */
public interface ResponseSink {
  /** An interim answer, 101 never among them. */
  void interim(HttpResponse interim);

  /** The upstream has changed the protocol (101), as it was asked to. */
  void upgraded(HttpResponse head, Upgraded connection);

  /** The head of the final answer. */
  void head(HttpResponse head);

  /** A part of its body, which the sink then owns; a {@code LastHttpContent} ends it. */
  void content(HttpContent part);

  /** There is no answer; nothing was relayed. */
  void failed(UpstreamFailure failure);

  /** The answer can't be completed; its head was relayed. */
  void cut(UpstreamFailure failure);

  /** The upstream can take more of the request's body. */
  void wantBody();

  /** {@return whether the client may go on with its body while the answer comes} */
  boolean duplex();

  /** {@return whether the client can take more of the answer} */
  boolean writable();
}
