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
    json.writeStringField("written", Settings.now());
    json.writeStringField("outcome", result.outcome().name());
    json.writeStringField("verdict", result.verdict());
    json.writeBooleanField("whole", result.whole());
    json.writeStringField("ended", result.ended());
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
    settings(result.settings());
    json.writeEndObject();
  }

  private void settings(Settings settings) throws IOException {
    json.writeObjectFieldStart("settings");
    json.writeStringField("agent", settings.agent());
    json.writeBooleanField("unsafeMethods", settings.unsafeMethods());
    json.writeNumberField("perSecond", settings.perSecond());
    json.writeNumberField("rounds", settings.rounds());
    json.writeNumberField("again", settings.again());
    json.writeNumberField("triples", settings.triples());
    json.writeNumberField("seconds", settings.seconds());
    json.writeNumberField("budget", settings.budget());
    json.writeNumberField("boundNanos", settings.bounds().median());
    json.writeNumberField("distance", settings.bounds().distance());
    json.writeNumberField("outliers", settings.bounds().outliers());
    json.writeNumberField("seed", settings.seed());
    json.writeEndObject();
  }

  private void statuses(Plain statuses) throws IOException {
    statuses("hiddenStatuses", statuses.hidden());
    statuses("missingStatuses", statuses.missing());
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
    statuses(answers.plain());
    texts("varying", answers.varying());
    texts("madeOfPath", answers.made());
    json.writeBooleanField("echoes", answers.echoes());
    json.writeArrayFieldStart("oracles");
    for (Oracle oracle : answers.oracles()) {
      json.writeStartObject();
      json.writeNumberField("number", oracle.number());
      json.writeStringField("title", oracle.title());
      json.writeStringField("outcome", answers.outcome(oracle));
      json.writeNumberField("requests", answers.asked().getOrDefault(oracle, 0));
      differences(answers.differences(oracle));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void differences(List<Difference> all) throws IOException {
    json.writeArrayFieldStart("differences");
    for (Difference each : all) {
      difference(each);
    }
    json.writeEndArray();
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
    statuses(times.statuses());
    differences(times.differences());
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
