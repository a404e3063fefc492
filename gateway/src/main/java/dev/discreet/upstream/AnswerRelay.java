package dev.discreet.upstream;

import dev.discreet.wire.Hop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Set;

/** What of an upstream's answer goes to the client (SPEC §6), and how far it has come. */
final class AnswerRelay {
  private static final int MOST_INTERIM_ANSWERS = 16;

  private final UpstreamRequest request;
  private final AnswerChanges changes;
  private final ResponseSink sink;
  private Set<String> namedByConnection = Set.of();
  private int interimAnswers;
  private boolean begun;
  private boolean done;

  AnswerRelay(UpstreamRequest request, AnswerChanges changes, ResponseSink sink) {
    this.request = request;
    this.changes = changes;
    this.sink = sink;
  }

  /** {@return whether the final head was relayed} */
  boolean begun() {
    return begun;
  }

  /** {@return whether all of it was relayed} */
  boolean done() {
    return done;
  }

  /**
   * Relays an interim answer, a 100 only to who said {@code expect}.
   *
   * @return whether it is one of those that an upstream may send
   */
  boolean interim(HttpResponse answer) {
    if (++interimAnswers > MOST_INTERIM_ANSWERS) {
      return false;
    }
    if (answer.status().code() != 100 || request.expectsContinue()) {
      ResponseHeads.forClient(answer);
      changes.drop(answer.headers());
      sink.interim(answer);
    }
    return true;
  }

  void head(HttpResponse answer) {
    begun = true;
    namedByConnection = Hop.named(answer.headers());
    changes.ofHead(answer.headers());
    sink.head(answer);
  }

  void content(HttpContent part) {
    if (part instanceof LastHttpContent last) {
      done = true;
      ResponseHeads.stripTrailers(last.trailingHeaders(), namedByConnection);
      changes.drop(last.trailingHeaders());
    }
    sink.content(part);
  }

  /** It does not come, or comes no further. */
  void failed(UpstreamFailure failure) {
    if (begun) {
      sink.cut(failure);
    } else {
      sink.failed(failure);
    }
  }
}
