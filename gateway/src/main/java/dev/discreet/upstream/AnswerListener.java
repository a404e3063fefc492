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

  /** How far it had come with a request when its connection, or its stream, ended. */
  enum Progress {
    /** No octet of an answer had come. */
    UNANSWERED,
    /** The upstream has said that it did nothing (RFC 9113 §8.7). */
    UNPROCESSED,
    /** Some of an answer had come. */
    BEGUN
  }

  /**
   * The connection ended before the answer did.
   *
   * @param failure how it ended
   */
  void closed(Progress progress, UpstreamFailure failure);
}
