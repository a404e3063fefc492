package dev.discreet.gateway;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import java.text.ParseException;
import java.util.Map;

/** A line of the request log. */
record LogLine(Map<String, Object> members) {
  static LogLine of(TestGateway gateway, Answer answer) throws ParseException {
    return with(gateway, answer.value("x-request-id"));
  }

  static LogLine with(TestGateway gateway, String part) throws ParseException {
    return new LogLine(JSONObjectUtils.parse(gateway.logged(part)));
  }

  /** {@return a member as text, or the empty text} */
  String get(String name) {
    return String.valueOf(members.getOrDefault(name, ""));
  }
}
