package dev.discreet.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;

/**
 * An answer that the gateway makes itself (SPEC §3).
 *
 * @param status its status
 * @param fields what it has beside the fields that all of them have
 * @param contentType of the body
 * @param body the body; HEAD gets its head alone
 * @param closes whether the connection ends with it whatever the request's framing
 * @param outcome what the operator is told
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Answer(
    HttpResponseStatus status,
    List<Field> fields,
    String contentType,
    byte[] body,
    boolean closes,
    Outcome outcome) {

  /** A header field. */
  record Field(String name, String value) {}

  Answer because(Outcome outcome) {
    return new Answer(status, fields, contentType, body, closes, outcome);
  }
}
