package dev.discreet.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What CEL says of a condition, in our words: what is wrong, and what to write instead. What it
 * does not know is passed on as it is.
 */
final class ConditionTexts {
  private static final Set<String> EXTENSIONS =
      Set.of("math", "cel", "optional", "strings", "sets", "lists", "regex", "base64", "net");
  private static final Set<String> EXTENSION_FUNCTIONS =
      Set.of(
          "lowerAscii",
          "upperAscii",
          "split",
          "join",
          "trim",
          "replace",
          "substring",
          "indexOf",
          "lastIndexOf",
          "charAt",
          "format",
          "quote",
          "reverse");

  /** How it begins where something is not known that may be near to what is. */
  static final String UNKNOWN = "is not known";

  private static final String EXTENSION =
      "belongs to an extension of CEL; there are its standard functions and inRange";
  private static final Map<String, String> MACROS =
      Map.of(
          "has", "takes a claim or a capture, has(claims.level)",
          "all", "takes a name and a condition, all(x, x > 1)",
          "exists", "takes a name and a condition, exists(x, x == 1)",
          "exists_one", "takes a name and a condition, exists_one(x, x == 1)",
          "filter", "takes a name and a condition, filter(x, x > 1)",
          "map", "takes a name and what to make of it, map(x, x + 1)");
  private static final Map<String, String> OPERATORS =
      Map.of(
          "=", "==",
          "=~", "matches(\"…\")",
          "&", "&&",
          "|", "||",
          "and", "&&",
          "or", "||",
          "is", "==",
          "not", "!");

  /** A message of CEL, and what becomes of it. */
  private record Rule(Pattern said, Text text) {
    Rule(String said, Text text) {
      this(Pattern.compile(said, Pattern.DOTALL), text);
    }
  }

  /** Words for what matched. */
  @FunctionalInterface
  private interface Text {
    String of(MatchResult found);
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule("undeclared reference to '(.*)'", found -> unknown(found.group(1))),
          new Rule("found no matching overload for '(.*)' applied to '(.*)'", ConditionTexts::call),
          new Rule(
              "expected type '(.*)' but found '(.*)'",
              found -> "must be " + type(found.group(1)) + ", but is " + type(found.group(2))),
          new Rule(
              "type '(.*)' does not support field selection",
              found ->
                  "has no fields: it is "
                      + type(found.group(1))
                      + (found.group(1).endsWith("Timestamp") ? "; write now.getHours()" : "")),
          new Rule(
              "invalid argument to has\\(\\) macro|expression does not select a field",
              found -> MACROS.get("has") + "; caller and request are always there"),
          new Rule("The argument must be a simple name", found -> "must be a name, such as x"),
          new Rule(
              "For input string.*|.* exceeds range of .*",
              found -> "is a number that does not fit into 64 bits"),
          new Rule("token recognition error at: '(.*)'", found -> token(found.group(1).strip())),
          new Rule("mismatched input '(.*)'", found -> unexpected(found.group(1))),
          new Rule("extraneous input '(.*)' expecting.*", found -> unexpected(found.group(1))),
          new Rule("no viable alternative at input '(.*)'", found -> unexpected(found.group(1))),
          new Rule(
              "missing '(.*)' at '<EOF>'", found -> "has no " + found.group(1) + " at its end"),
          new Rule(
              "missing '(.*)' at '(.*)'",
              found -> "needs a " + found.group(1) + " before " + found.group(2)),
          new Rule("reserved identifier: .*", found -> "is a word that CEL keeps for itself"),
          new Rule("unsupported syntax '.*'", found -> EXTENSION),
          new Rule(".*recursion limit exceeded.*", found -> "is nested too deep"),
          new Rule(".*code point size exceeds limit.*", found -> "is longer than 4096 characters"));

  private ConditionTexts() {}

  static String of(String said) {
    for (Rule rule : RULES) {
      Matcher matcher = rule.said().matcher(said);
      if (matcher.matches()) {
        return rule.text().of(matcher);
      }
    }
    return said;
  }

  private static boolean isExtension(String word) {
    return EXTENSIONS.contains(word.replaceFirst("\\..*", ""))
        || EXTENSION_FUNCTIONS.contains(word);
  }

  private static String unknown(String name) {
    if (isExtension(name)) {
      return EXTENSION;
    }
    return switch (name) {
      case "caller" -> UNKNOWN + "; caller has subject, issuer and groups";
      case "request" -> UNKNOWN + "; request has method, host and source";
      default -> MACROS.getOrDefault(name, UNKNOWN);
    };
  }

  private static String call(MatchResult found) {
    String function = found.group(1);
    String types = found.group(2);
    String plain = function.replaceAll("^_|_$|^@", "");
    String hint = hint(plain, types);
    return "%s does not work on %s%s"
        .formatted(plain, types(types), hint.isEmpty() ? "" : "; write " + hint);
  }

  private static String types(String types) {
    Matcher member = Pattern.compile("(.*)\\.\\((.*)\\)").matcher(types);
    if (member.matches()) {
      return type(member.group(1))
          + (member.group(2).isEmpty() ? "" : " with " + type(member.group(2)));
    }
    return type(types.replaceAll("^\\(|\\)$", "")).replaceFirst(", (?=[^,]*$)", " and ");
  }

  private static String hint(String function, String types) {
    if (types.contains("address") || function.equals("inRange")) {
      return "inRange(request.source, \"10.0.0.0/8\")";
    }
    if (types.contains("Timestamp") && types.contains("string")) {
      return "timestamp(\"2027-01-01T00:00:00Z\")";
    }
    if (types.contains("Timestamp") && types.contains("int")) {
      return "duration(\"1h\")";
    }
    boolean list = types.startsWith("list(") || types.startsWith("(list(string), string");
    return list && Set.of("==", "in", "contains").contains(function)
        ? "\"x\" in caller.groups"
        : "";
  }

  private static String type(String type) {
    return type.replace("google.protobuf.Timestamp", "timestamp")
        .replace("google.protobuf.Duration", "duration")
        .replaceAll("^bool$", "true or false");
  }

  private static String token(String token) {
    if (token.startsWith("\"") || token.startsWith("'")) {
      return "is a text without an end, or with a \\ that escapes nothing";
    }
    return unexpected(token);
  }

  private static String unexpected(String token) {
    if (token.equals("<EOF>")) {
      return "ends too early";
    }
    String meant = OPERATORS.get(token);
    return meant == null
        ? token + " is not expected here"
        : "there is no operator " + token + "; write " + meant;
  }
}
