package dev.discreet.http;

import dev.discreet.policy.Caller;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that the gateway makes itself (SPEC §3).
 *
 * @param status its status
 * @param fields what it has beside the fields that all of them have
 * @param contentType of the body
 * @param body the body; HEAD gets its head alone
 * @param lacking what the caller lacks, if it is a 403
 * @param closes whether the connection ends with it whatever the request's framing
 * @param outcome what the operator is told
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Answer(
    HttpResponseStatus status,
    List<Field> fields,
    String contentType,
    byte[] body,
    @Nullable Lacking lacking,
    boolean closes,
    Outcome outcome) {
  /** The form that most of them have (RFC 9457). */
  static final String PROBLEM = "application/problem+json";

  /** A header field. */
  record Field(String name, String value) {}

  /**
   * {@return the same for the client}
   *
   * @param reason what the operator is told besides, or null
   */
  Answer because(@Nullable String reason) {
    if (reason == null) {
      return this;
    }
    Outcome told = new Outcome(outcome.decision(), outcome.row(), reason, outcome.grant());
    return new Answer(status, fields, contentType, body, lacking, closes, told);
  }

  /** {@return whether it answers a preflight, as no other with this status does} */
  boolean isPreflight() {
    return status.equals(HttpResponseStatus.NO_CONTENT);
  }

  /** {@return the same with further fields} */
  Answer with(List<Field> more) {
    List<Field> all = new ArrayList<>(fields);
    all.addAll(more);
    return new Answer(status, all, contentType, body, lacking, closes, outcome);
  }

  /**
   * {@return the same for a person: a problem as a page, anything else as it is}
   *
   * @param caller who reads it, or null if that is not known
   * @param signIn where to sign in, or null
   */
  Answer asPage(Caller.@Nullable Authenticated caller, @Nullable String signIn) {
    if (!contentType.equals(PROBLEM)) {
      return this;
    }
    List<Field> all = new ArrayList<>(HtmlPage.FIELDS);
    all.addAll(fields);
    byte[] page = HtmlPage.of(status, lacking, caller, signIn);
    return new Answer(status, all, HtmlPage.CONTENT_TYPE, page, lacking, closes, outcome);
  }
}
