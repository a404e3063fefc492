package dev.discreet.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;

/**
 * What is answered, as plain text.
 *
 * @param status of the answer
 * @param contentType of the body
 * @param body lines, the last one ended too
 */
record Reply(HttpResponseStatus status, String contentType, String body) {
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  static Reply plain(HttpResponseStatus status) {
    return new Reply(status, PLAIN, status.reasonPhrase() + "\n");
  }

  static Reply state(boolean good, String name, List<String> detail) {
    StringBuilder body = new StringBuilder(good ? name : "not " + name).append('\n');
    detail.forEach(line -> body.append(line).append('\n'));
    HttpResponseStatus status =
        good ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
    return new Reply(status, PLAIN, body.toString());
  }

  static Reply metrics(String scraped) {
    return new Reply(HttpResponseStatus.OK, PROMETHEUS, scraped);
  }
}
