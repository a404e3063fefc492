package dev.discreet.config;

import dev.discreet.config.CompiledCondition.Capture;
import dev.discreet.config.CompiledCondition.Compared;
import dev.discreet.config.CompiledCondition.Fault;
import dev.discreet.policy.Condition;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.ResourcePattern.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code grants[].when}. Variables are not read in it: {@code ${…}} means nothing there. */
final class ConditionReader {
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*");

  private static final Pattern LITERAL =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'|[0-9][0-9A-Za-z.]*");

  private static final List<String> NAMES =
      List.of(
          "claims",
          "path",
          "now",
          "request.method",
          "request.host",
          "request.source",
          "caller.subject",
          "caller.issuer",
          "caller.groups");

  private static final List<String> FUNCTIONS =
      List.of(
          "inRange",
          "has",
          "all",
          "exists",
          "exists_one",
          "filter",
          "map",
          "size",
          "contains",
          "startsWith",
          "endsWith",
          "matches",
          "timestamp",
          "duration",
          "string",
          "int",
          "uint",
          "double",
          "bytes",
          "type",
          "getFullYear",
          "getMonth",
          "getDate",
          "getDayOfMonth",
          "getDayOfWeek",
          "getDayOfYear",
          "getHours",
          "getMinutes",
          "getSeconds",
          "getMilliseconds");

  private final @Nullable Set<String> templateNames;
  private final ComparedValues values;
  private final Map<String, CompiledCondition> compiled = new HashMap<>();
  // Made for the first condition: who has none does not load CEL.
  private @Nullable ConditionCompiler compiler;

  /**
   * Reads conditions.
   *
   * @param templateNames the variables of all routes, or null where not all could be read
   * @param values what its names are compared with
   */
  ConditionReader(@Nullable Set<String> templateNames, ComparedValues values) {
    this.templateNames = templateNames;
    this.values = values;
  }

  /** {@return the condition, or null after a problem} */
  @Nullable Condition read(Node node, List<ResourcePattern> resources) {
    if (!node.isText() || node.raw().isBlank()) {
      node.error("must be a condition in CEL; write for example claims.level == 2");
      return null;
    }
    return switch (compiled.computeIfAbsent(node.raw(), this::compile)) {
      case CompiledCondition.Broken(List<Fault> faults) -> {
        faults.forEach(fault -> report(node, fault));
        yield null;
      }
      case CompiledCondition.Sound(
              Condition condition,
              List<Capture> captures,
              List<Fault> doubts,
              List<Compared> compared) -> {
        requireCaptured(node, captures, resources);
        doubts.forEach(
            doubt -> node.warnAt(doubt.offset(), node.raw(), doubt.message(), doubt.suggestion()));
        compared.forEach(each -> values.check(node, each));
        yield condition;
      }
    };
  }

  private CompiledCondition compile(String text) {
    if (compiler == null) {
      compiler = new ConditionCompiler();
    }
    return compiler.compile(text);
  }

  private static void report(Node node, Fault fault) {
    String word = wordAt(node.raw(), fault.offset());
    String near =
        fault.suggestion() == null ? suggested(node.raw(), fault, word) : fault.suggestion();
    boolean quotes = near == null && fault.message().equals(ConditionTexts.UNKNOWN);
    node.errorAt(
        fault.offset(),
        wordOrAll(node, fault),
        fault.message() + (quotes ? "; a text stands in quotes" : ""),
        near);
  }

  private static String wordOrAll(Node node, Fault fault) {
    String word = wordAt(node.raw(), fault.offset());
    return word.isEmpty() ? node.raw() : word;
  }

  private void requireCaptured(Node node, List<Capture> captures, List<ResourcePattern> resources) {
    if (templateNames == null) {
      return;
    }
    Set<String> known = new TreeSet<>(templateNames);
    for (ResourcePattern pattern : resources) {
      for (Part part : pattern.segments()) {
        if (part instanceof Part.Named(String name)) {
          known.add(name);
        }
      }
    }
    for (Capture capture : captures) {
      if (!known.contains(capture.name())) {
        String near = Suggestions.near(capture.name(), known);
        node.errorAt(
            capture.offset(),
            "path." + capture.name(),
            "is captured neither by resources nor by the path of any route",
            near == null ? null : "path." + near);
      }
    }
  }

  /** What is not known may be near to what is. */
  private static @Nullable String suggested(String text, Fault fault, String word) {
    if (!fault.message().startsWith(ConditionTexts.UNKNOWN)) {
      return null;
    }
    int at = text.offsetByCodePoints(0, fault.offset());
    boolean called = at < text.length() && text.charAt(at) == '(';
    int dot = word.indexOf('.');
    String root = dot < 0 ? "" : word.substring(0, dot + 1);
    List<String> beside = NAMES.stream().filter(name -> name.startsWith(root)).toList();
    if (called || dot < 0 || beside.isEmpty()) {
      String near = Suggestions.near(word, called ? FUNCTIONS : NAMES);
      return near != null || dot < 0 ? near : Suggestions.near(word.substring(0, dot), NAMES);
    }
    String near =
        Suggestions.near(
            word.substring(dot + 1), beside.stream().map(n -> n.substring(dot + 1)).toList());
    return near == null ? null : root + near;
  }

  /** {@return the word or text that begins at {@code offset}, or ends where arguments begin} */
  private static String wordAt(String text, int offset) {
    int at = text.offsetByCodePoints(0, offset);
    Matcher literal = LITERAL.matcher(text).region(at, text.length());
    if (literal.lookingAt()) {
      return Stream.of(literal.group(1), literal.group(2), literal.group())
          .filter(Objects::nonNull)
          .findFirst()
          .orElse("");
    }
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      boolean called = word.end() == at && at < text.length() && text.charAt(at) == '(';
      if (word.start() == at || called) {
        String found = word.group();
        return called ? found.substring(found.lastIndexOf('.') + 1) : found;
      }
    }
    return "";
  }
}
