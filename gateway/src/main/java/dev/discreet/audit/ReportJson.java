package dev.discreet.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/** A report for programs. */
public final class ReportJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;

  private ReportJson(JsonGenerator json) {
    this.json = json;
  }

  /** {@return one JSON document, its last line ended; times in ns, shares as parts of one} */
  public static String of(AuditResult result) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      new ReportJson(json).write(result);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't fail", e);
    }
    return text.append(System.lineSeparator()).toString();
  }

  private void write(AuditResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("url", result.target().toString());
    json.writeStringField("outcome", result.outcome().name());
    json.writeStringField("verdict", result.verdict());
    json.writeArrayFieldStart("answers");
    for (ByteResult answers : result.answers()) {
      answers(answers);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("times");
    for (TimeResult times : result.times()) {
      times(times);
    }
    json.writeEndArray();
    texts("notes", result.notices());
    json.writeNumberField("seed", result.settings().seed());
    json.writeEndObject();
  }

  private void statuses(String name, List<Integer> statuses) throws IOException {
    json.writeArrayFieldStart(name);
    for (int status : statuses) {
      json.writeNumber(status);
    }
    json.writeEndArray();
  }

  private void answers(ByteResult answers) throws IOException {
    json.writeStartObject();
    json.writeStringField("protocol", answers.protocol().title());
    json.writeStringField("hidden", answers.pair().hidden());
    json.writeStringField("missing", answers.pair().missing());
    statuses("hiddenStatuses", answers.plain().hidden());
    statuses("missingStatuses", answers.plain().missing());
    texts("varying", answers.varying());
    json.writeBooleanField("echoes", answers.echoes());
    json.writeArrayFieldStart("oracles");
    for (Oracle oracle : answers.oracles()) {
      json.writeStartObject();
      json.writeNumberField("number", oracle.number());
      json.writeStringField("title", oracle.title());
      boolean differs = !answers.differences(oracle).isEmpty();
      json.writeStringField("outcome", (differs ? Outcome.FAIL : Outcome.PASS).name());
      json.writeNumberField("requests", answers.asked().getOrDefault(oracle, 0));
      json.writeArrayFieldStart("differences");
      for (Difference each : answers.differences(oracle)) {
        difference(each);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void difference(Difference each) throws IOException {
    json.writeStartObject();
    json.writeStringField("request", each.request());
    json.writeStringField("aspect", each.aspect());
    json.writeStringField("hidden", each.hidden());
    json.writeStringField("missing", each.missing());
    json.writeEndObject();
  }

  private void times(TimeResult times) throws IOException {
    json.writeStartObject();
    json.writeStringField("protocol", times.protocol().title());
    json.writeStringField("method", times.method());
    json.writeNumberField("triples", times.triples());
    json.writeStringField("outcome", times.outcome().name());
    json.writeArrayFieldStart("statistics");
    for (Judged each : times.judged()) {
      json.writeStartObject();
      json.writeStringField("statistic", each.statistic());
      json.writeStringField("outcome", each.outcome().name());
      json.writeNumberField("difference", each.difference().value());
      json.writeNumberField("low", each.difference().low());
      json.writeNumberField("high", each.difference().high());
      json.writeNumberField("bound", each.bound());
      json.writeNumberField("missingAndMissing", each.floor());
      json.writeNumberField("smallestSeen", each.difference().resolution());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("trouble", times.trouble());
    json.writeEndObject();
  }

  private void texts(String name, Collection<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
