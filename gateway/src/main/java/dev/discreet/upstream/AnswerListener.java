package dev.discreet.upstream;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/** Who waits for the answer on a connection. */
interface AnswerListener {
  /** A head, interim or final. */
  void head(HttpResponse head);

  /** A part of the final answer's body, which the listener then owns. */
  void content(HttpContent part);

  /** All that one read brought was told: more is read if the listener wants it. */
  void readComplete();

  /** More can be written, or less. */
  void writabilityChanged();

  /**
   * What came is no answer.
   *
   * @param reason why not, for the log
   */
  void malformed(String reason);

  /**
   * The connection ended before the answer did.
   *
   * @param answerBegun whether any octet of it had come
   * @param reason how it ended, for the log
   */
  void closed(boolean answerBegun, String reason);
}
