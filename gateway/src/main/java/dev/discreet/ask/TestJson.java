package dev.discreet.ask;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.discreet.ask.TestOutcome.Difference;
import java.io.IOException;

/** A test run for programs. */
public final class TestJson {
  private TestJson() {}

  /** {@return a JSON object, its line ended} */
  public static String of(TestRun run) {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeNumberField("tests", run.outcomes().size());
          json.writeNumberField("failed", run.failures().size());
          json.writeArrayFieldStart("outcomes");
          for (TestOutcome outcome : run.outcomes()) {
            outcome(json, outcome);
          }
          json.writeEndArray();
          json.writeObjectFieldStart("coverage");
          for (Coverage.Kind kind : Coverage.Kind.values()) {
            json.writeObjectFieldStart(kind.label());
            json.writeNumberField("total", run.coverage().total(kind));
            json.writeNumberField("exercised", run.coverage().exercised(kind));
            Json.texts(json, "never", run.coverage().unexercised(kind));
            json.writeEndObject();
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static void outcome(JsonGenerator json, TestOutcome outcome) throws IOException {
    json.writeStartObject();
    json.writeStringField("at", outcome.test().file() + ":" + outcome.test().line());
    json.writeStringField("title", outcome.title());
    json.writeBooleanField("passed", outcome.passed());
    json.writeStringField("answer", outcome.reply().answer());
    Json.row(json, outcome.reply());
    json.writeArrayFieldStart("differences");
    for (Difference difference : outcome.differences()) {
      json.writeStartObject();
      json.writeStringField("what", difference.what());
      json.writeStringField("expected", difference.expected());
      json.writeStringField("got", difference.got());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
