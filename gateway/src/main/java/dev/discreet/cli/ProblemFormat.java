package dev.discreet.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.discreet.config.Problem;
import dev.discreet.config.Problem.Severity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How {@code check} says what it found, to programs. */
final class ProblemFormat {
  private static final JsonFactory JSON = new JsonFactory();

  private ProblemFormat() {}

  /** {@return one JSON document, its last line ended; members without a value are left out} */
  static String json(Path folder, List<Problem> problems) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("folder", folder.toString());
      json.writeNumberField("errors", count(problems, Severity.ERROR));
      json.writeNumberField("warnings", count(problems, Severity.WARNING));
      json.writeArrayFieldStart("problems");
      for (Problem problem : problems) {
        write(json, problem);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't fail", e);
    }
    return text.append(System.lineSeparator()).toString();
  }

  static long count(List<Problem> problems, Severity severity) {
    return problems.stream().filter(problem -> problem.severity() == severity).count();
  }

  private static void write(JsonGenerator json, Problem problem) throws IOException {
    json.writeStartObject();
    json.writeStringField("severity", name(problem));
    json.writeStringField("file", problem.file());
    if (problem.line() > 0) {
      json.writeNumberField("line", problem.line());
      json.writeNumberField("column", problem.column());
    }
    writeUnlessEmpty(json, "key", problem.keyPath());
    writeUnlessEmpty(json, "text", problem.text());
    json.writeStringField("message", problem.message());
    writeUnlessEmpty(json, "suggestion", problem.suggestion() == null ? "" : problem.suggestion());
    json.writeEndObject();
  }

  private static void writeUnlessEmpty(JsonGenerator json, String name, String value)
      throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  /** {@return a workflow command of GitHub Actions, which shows the problem beside its line} */
  static String github(Path folder, Problem problem) {
    boolean folderItself = problem.file().equals(folder.toString());
    Path file = folderItself ? folder : folder.resolve(problem.file());
    StringBuilder command = new StringBuilder("::").append(name(problem)).append(" file=");
    command.append(property(file.normalize().toString().replace('\\', '/')));
    if (problem.line() > 0) {
      command.append(",line=").append(problem.line()).append(",col=").append(problem.column());
    }
    return command.append("::").append(data(problem.detail())).toString();
  }

  private static String name(Problem problem) {
    return problem.severity().name().toLowerCase(Locale.ROOT);
  }

  /** What would end the message, or begin another command, is escaped. */
  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
