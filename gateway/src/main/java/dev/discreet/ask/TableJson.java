package dev.discreet.ask;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.discreet.ask.Table.Cell;
import dev.discreet.ask.Table.Line;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table, or a difference of two, for programs. */
public final class TableJson {
  private TableJson() {}

  /** {@return a JSON object, its line ended} */
  public static String of(Table table) {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("callers");
          for (TableCaller caller : table.callers()) {
            json.writeStartObject();
            json.writeStringField("caller", caller.label());
            alike(json, caller.alike());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("lines");
          for (Line line : table.lines()) {
            json.writeStartObject();
            json.writeStringField("method", line.method());
            json.writeStringField("path", line.path());
            json.writeBooleanField("observed", line.observed());
            json.writeArrayFieldStart("cells");
            for (int i = 0; i < line.cells().size(); i++) {
              json.writeStartObject();
              json.writeStringField("caller", table.callers().get(i).label());
              answers(json, line.cells().get(i));
              json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeNumberField("callersLeftOut", table.leftOut());
          json.writeEndObject();
        });
  }

  /** {@return a JSON object, its line ended} */
  public static String of(TableDiff diff) {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeNumberField("cells", diff.cells());
          json.writeArrayFieldStart("notices");
          for (Notice notice : diff.notices()) {
            json.writeStartObject();
            json.writeStringField("place", notice.place());
            json.writeStringField("text", notice.text());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("changes");
          for (TableDiff.Change change : diff.changes()) {
            json.writeStartObject();
            json.writeStringField("method", change.method());
            json.writeStringField("path", change.path());
            json.writeStringField("caller", change.caller());
            alike(json, change.alike());
            json.writeNumberField("more", change.more());
            json.writeObjectFieldStart("before");
            answers(json, change.before());
            json.writeEndObject();
            json.writeObjectFieldStart("after");
            answers(json, change.after());
            json.writeEndObject();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void alike(JsonGenerator json, List<String> names) throws IOException {
    json.writeArrayFieldStart("alike");
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
  }

  private static void answers(JsonGenerator json, Cell cell) throws IOException {
    answer(json, "ifExists", cell.exists());
    answer(json, "ifNot", cell.absent());
    beside(json, "ifSteppedUp", cell.steppedUp());
    beside(json, "ifConditionsHeld", cell.held());
    beside(json, "ifNoConditionHeld", cell.lapsed());
  }

  private static void beside(JsonGenerator json, String name, @Nullable Cell other)
      throws IOException {
    if (other != null) {
      json.writeObjectFieldStart(name);
      answers(json, other);
      json.writeEndObject();
    }
  }

  private static void answer(JsonGenerator json, String name, @Nullable Reply reply)
      throws IOException {
    if (reply != null) {
      json.writeObjectFieldStart(name);
      json.writeStringField("answer", reply.answer());
      Json.row(json, reply);
      json.writeEndObject();
    }
  }
}
