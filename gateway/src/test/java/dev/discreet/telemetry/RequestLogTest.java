package dev.discreet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** SPEC §8: one line per request, and never more than one whatever a client sends. */
class RequestLogTest {
  /** A line's end, an escape sequence of a terminal, a C1 control, a line separator. */
  private static final String HOSTILE = "x\"\\\r\n\t\u0000\u001b[2J\u007f\u009b\u2028é";

  @Test
  void membersAreNamedAsSpecifiedAndThoseWithoutValueLeftOut() {
    assertThat(Lines.written(Lines.JSON, Lines.concealed("/documents/1", "user-17")))
        .isEqualTo(
            "{\"time\":\"2026-02-03T04:05:06.789Z\","
                + "\"request_id\":\"00112233445566778899aabbccddeeff\",\"source\":\"192.0.2.7\","
                + "\"host\":\"api.example.com\",\"method\":\"GET\",\"path\":\"/documents/1\","
                + "\"route\":\"/documents/{document}\",\"status\":404,\"decision\":\"concealed\","
                + "\"row\":\"7\",\"issuer\":\"main\",\"subject\":\"user-17\","
                + "\"duration_ms\":1.234,\"bytes\":52}\n");
  }

  @Test
  void everyMemberHasItsPlace() {
    RequestLine line =
        new RequestLine(
            Instant.EPOCH,
            "id",
            "::1",
            "h",
            "PUT",
            "/p",
            "/r",
            200,
            DecisionLabel.FORWARD,
            new RequestLine.Observed(404, DecisionLabel.ABSENT),
            "9",
            "why",
            "g",
            "i",
            "s",
            "u",
            12_000_000_000L,
            999,
            0);
    assertThat(Lines.written(Lines.JSON, line))
        .isEqualTo(
            "{\"time\":\"1970-01-01T00:00:00Z\",\"request_id\":\"id\",\"source\":\"::1\","
                + "\"host\":\"h\",\"method\":\"PUT\",\"path\":\"/p\",\"route\":\"/r\","
                + "\"status\":200,\"decision\":\"forward\",\"observed_status\":404,"
                + "\"observed_decision\":\"absent\",\"row\":\"9\",\"reason\":\"why\","
                + "\"grant\":\"g\",\"issuer\":\"i\",\"subject\":\"s\",\"upstream\":\"u\","
                + "\"duration_ms\":12000.000,\"upstream_ms\":0.000,\"bytes\":0}\n");
    assertThat(Lines.written(Lines.TEXT, line))
        .contains(" 200 PUT /p forward observed_status=404 observed_decision=absent row=9 ");
  }

  @Test
  void whatAClientSendsStaysInItsMember() {
    assertThat(Lines.written(Lines.JSON, Lines.concealed(HOSTILE, HOSTILE)))
        .contains("\"path\":\"x\\\"\\\\\\r\\n\\t\\u0000\\u001B[2J\\u007F\\u009B\\u2028\\u00E9\",")
        .matches("[ -~]+\n");
  }

  @Test
  void textIsOneLineOfPrintableAsciiToo() {
    assertThat(Lines.written(Lines.TEXT, Lines.concealed(HOSTILE, "a b")))
        .startsWith("2026-02-03T04:05:06.789Z 404 GET \"x\\\"\\\\\\u000d\\u000a\\u0009\\u0000")
        .contains(" concealed row=7 ", " subject=\"a b\" ", " duration_ms=1.234 bytes=52 ")
        .matches("[ -~]+\n");
  }

  @Test
  void aRequestWhoseTargetCouldNotBeReadHasNoPath() {
    RequestLine line = Lines.concealed(null, "s");
    assertThat(Lines.written(Lines.JSON, line)).doesNotContain("path", "null");
    assertThat(Lines.written(Lines.TEXT, line)).contains(" 404 GET - concealed ");
  }

  @Test
  void everyLineIsWrittenInOrderBeforeCloseReturns() {
    RequestLine[] lines =
        Collections.nCopies(1000, Lines.concealed("/a", "s")).toArray(RequestLine[]::new);
    lines[999] = Lines.concealed("/last", "s");
    assertThat(Lines.written(Lines.JSON, lines).lines())
        .hasSize(1000)
        .last()
        .asString()
        .contains("\"path\":\"/last\"");
  }

  @Test
  void requestsAreNotLoggedWhereTheConfigurationSaysSo() {
    assertThat(Lines.written(Lines.OFF, Lines.concealed("/a", "s"))).isEmpty();
  }
}
