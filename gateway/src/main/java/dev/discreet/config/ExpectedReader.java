package dev.discreet.config;

import dev.discreet.config.PolicyTest.Expected;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.Row;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a policy test expects. */
final class ExpectedReader {
  private static final Set<String> ROWS = rows();
  private static final Type<String> ANSWERS =
      new Type<>(
          Shape.anyOf(new Shape.Count(100, 599), new Shape.Text("forward")),
          node -> node.parse(ExpectedReader::answer));

  private static final Key<String> ANSWER =
      Key.optional("answer", ANSWERS, "A status, or forward.");
  private static final Key<String> ROW =
      Key.optional(
          "row",
          new Type<>(new Shape.Text(String.join("|", ROWS)), ExpectedReader::row),
          "The row of the decision table.");
  private static final Key<Requirement> MISSING =
      Key.optional("missing", Permissions.REQUIRED, "The permissions that a 403 says are lacking.");
  private static final Key<List<String>> ALLOW =
      Key.optional("allow", Types.oneOrListOf(Types.TEXT), "The methods that a 405 allows.");
  private static final Key<String> BODY =
      Key.optional("body", Types.TEXT, "The body of an empty list.");
  private static final Keys KEYS = Keys.of(ANSWER, ROW, MISSING, ALLOW, BODY);

  static final Shape SHAPE = Shape.anyOf(ANSWERS.shape(), new Shape.Mapping(KEYS));

  private ExpectedReader() {}

  static @Nullable Expected read(Node node) {
    if (node.isText()) {
      String answer = ANSWERS.read(node);
      return answer == null ? null : new Expected(answer, null, null, null, null);
    }
    Section section = Section.of(node, KEYS);
    if (!node.isList() && KEYS.known().values().stream().noneMatch(section::has)) {
      node.error("is empty; expect an answer, a row, or both");
    }
    return new Expected(
        section.find(ANSWER),
        section.find(ROW),
        section.find(MISSING),
        section.find(ALLOW),
        section.find(BODY));
  }

  private static String answer(String text) {
    if (!text.equals("forward") && !text.matches("[1-5][0-9][0-9]")) {
      throw new IllegalArgumentException("is neither forward nor a status such as 404");
    }
    return text;
  }

  private static @Nullable String row(Node node) {
    String row = node.text();
    if (row != null && !ROWS.contains(row)) {
      node.error("is none of the rows " + String.join(", ", ROWS));
    }
    return row;
  }

  private static Set<String> rows() {
    Set<String> rows = new LinkedHashSet<>(List.of("0", "1", "1b"));
    Arrays.stream(Row.values()).map(Row::number).forEach(rows::add);
    return rows;
  }
}
