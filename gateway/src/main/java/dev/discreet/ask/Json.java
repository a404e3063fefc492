package dev.discreet.ask;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.discreet.http.DryRun.Answered;
import dev.discreet.policy.Route;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;

/** What the JSON forms have in common. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Writes one value. */
  interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  private Json() {}

  /** {@return what is written, indented, its last line ended} */
  static String text(Writing writing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text).useDefaultPrettyPrinter()) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't fail", e);
    }
    return text.append(System.lineSeparator()).toString();
  }

  static void reply(JsonGenerator json, String name, Reply reply) throws IOException {
    json.writeObjectFieldStart(name);
    row(json, reply);
    json.writeStringField("answer", reply.answer());
    json.writeStringField("decision", reply.label());
    if (reply.row() != null) {
      json.writeStringField("meaning", Rows.meaning(reply.row()));
    }
    if (!reply.reason().isEmpty()) {
      json.writeStringField("reason", reply.reason());
    }
    Answered answered = reply.answered();
    if (answered != null) {
      json.writeObjectFieldStart("headers");
      for (var field : answered.fields().entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      json.writeEndObject();
      json.writeStringField("body", answered.body());
    }
    json.writeEndObject();
  }

  static void row(JsonGenerator json, Reply reply) throws IOException {
    if (reply.row() != null) {
      json.writeStringField("row", reply.row());
    }
  }

  static void route(JsonGenerator json, Route route) throws IOException {
    json.writeStringField("name", route.name());
    json.writeStringField("at", route.place());
    if (route.host() != null) {
      json.writeStringField("host", route.host());
    }
    json.writeStringField("path", route.path().text());
  }

  static void texts(JsonGenerator json, String name, Collection<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
