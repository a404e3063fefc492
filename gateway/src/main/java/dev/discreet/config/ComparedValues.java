package dev.discreet.config;

import dev.discreet.config.CompiledCondition.Compared;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Warns of conditions that compare with what there never is. */
final class ComparedValues {
  private final @Nullable Set<String> issuers;
  private final Set<String> methods;

  /**
   * Knows the values.
   *
   * @param issuers the names of the issuers, or null where they could not be read
   * @param methods those that routes name
   */
  ComparedValues(@Nullable Set<String> issuers, Set<String> methods) {
    this.issuers = issuers;
    this.methods = new HashSet<>(methods);
    this.methods.addAll(MethodsReader.COMMON);
  }

  void check(Node node, Compared compared) {
    String text = compared.text();
    switch (compared.variable()) {
      case "caller.issuer" -> {
        // Of an anonymous caller it is empty.
        if (issuers != null && !text.isEmpty() && !issuers.contains(text)) {
          warn(
              node,
              compared,
              "is no issuer: caller.issuer is a name under issuers",
              Suggestions.near(text, issuers));
        }
      }
      case "request.method" -> {
        if (!methods.contains(text)) {
          warn(
              node,
              compared,
              "is no method that is usual or that a route names; methods have a case",
              ofOtherCase(text, methods));
        }
      }
      case "request.host" -> {
        if (!text.equals(text.toLowerCase(Locale.ROOT)) || text.matches(".*(:[0-9]*|\\.)")) {
          warn(
              node,
              compared,
              "is never the host: request.host is in lower case, without port and final dot",
              null);
        }
      }
      default -> {}
    }
  }

  private static @Nullable String ofOtherCase(String text, Collection<String> known) {
    return known.stream()
        .filter(text::equalsIgnoreCase)
        .findFirst()
        .orElseGet(() -> Suggestions.oneSlipFrom(text, known));
  }

  private static void warn(
      Node node, Compared compared, String message, @Nullable String suggestion) {
    node.warnAt(compared.offset(), compared.text(), message, suggestion);
  }
}
