package dev.discreet.config;

import dev.discreet.config.CompiledCondition.Capture;
import dev.discreet.config.CompiledCondition.Fault;
import dev.discreet.policy.Condition;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.ResourcePattern.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code grants[].when}. Variables are not read in it: {@code ${…}} means nothing there. */
final class ConditionReader {
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*");

  /** What a condition may begin a word with, beside the functions of strings and times. */
  private static final List<String> KNOWN =
      List.of(
          "claims",
          "path",
          "now",
          "request.method",
          "request.host",
          "request.source",
          "caller.subject",
          "caller.issuer",
          "caller.groups",
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
          "double");

  private final @Nullable Set<String> templateNames;
  private final Map<String, CompiledCondition> compiled = new HashMap<>();
  // Made for the first condition: who has none does not load CEL.
  private @Nullable ConditionCompiler compiler;

  /**
   * Reads conditions.
   *
   * @param templateNames the variables of all routes, or null where not all could be read
   */
  ConditionReader(@Nullable Set<String> templateNames) {
    this.templateNames = templateNames;
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
      case CompiledCondition.Sound(Condition condition, List<Capture> captures) -> {
        requireCaptured(node, captures, resources);
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
    node.errorAt(
        fault.offset(), word.isEmpty() ? node.raw() : word, fault.message(), suggested(word));
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

  private static @Nullable String suggested(String word) {
    if (word.isEmpty() || KNOWN.contains(word)) {
      return null;
    }
    String near = Suggestions.near(word, KNOWN);
    int dot = word.indexOf('.');
    return near != null || dot < 0 ? near : suggested(word.substring(0, dot));
  }

  /** {@return the word that begins at {@code offset}, or ends where an argument list begins} */
  private static String wordAt(String text, int offset) {
    int at = text.offsetByCodePoints(0, offset);
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
