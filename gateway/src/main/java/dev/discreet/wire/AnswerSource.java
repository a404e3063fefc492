package dev.discreet.wire;

import io.netty.handler.codec.http.HttpMethod;

/** What brings the answers of a connection, or of a stream. On its event loop only. */
public interface AnswerSource {
  /**
   * An answer becomes legal. To be called before the request is written, for one request at a time.
   *
   * @param requestMethod of the request: an answer to HEAD has no body
   * @param upgrade whether it may be 101: what follows that is no HTTP, and is held for whoever
   *     takes the place of what decodes
   */
  void expect(HttpMethod requestMethod, boolean upgrade);

  /** {@return whether any octet of the expected answer has come, of an interim one too} */
  boolean begun();

  /**
   * {@return whether another request may be sent: the answer is complete, the upstream keeps the
   * connection, and nothing came that belongs to no answer} It is right already when the last part
   * is emitted.
   */
  boolean reusable();

  /**
   * {@return whether a request's body may go on while its answer comes} In HTTP/1.1 it could be
   * read as the next request.
   */
  boolean duplex();

  /** {@return whether the upstream has said that it did not process the request} */
  boolean unprocessed();
}
