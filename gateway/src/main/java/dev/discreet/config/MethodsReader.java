package dev.discreet.config;

import dev.discreet.policy.KnownTo;
import dev.discreet.policy.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a route asks, {@code methods}, and {@code knownTo}. */
final class MethodsReader {
  private static final Pattern TOKEN = Pattern.compile(HeaderNames.PATTERN);
  static final List<String> COMMON =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  static final Type<Map<String, Located<Requirement>>> METHODS =
      new Type<>(
          new Shape.Names(
              "(?!(?:CONNECT|TRACE|get|head|post|put|patch|delete|options)$)" + HeaderNames.PATTERN,
              Shape.anyOf(
                  new Shape.Choice(List.of("public", "authenticated")),
                  Permissions.REQUIRED.shape()),
              1),
          MethodsReader::read);
  static final Type<KnownTo> KNOWN_TO =
      new Type<>(
          Shape.anyOf(
              new Shape.Choice(List.of("authenticated", "nobody", "upstream")),
              Permissions.REQUIRED.shape()),
          MethodsReader::knownTo);

  private MethodsReader() {}

  private static Map<String, Located<Requirement>> read(Node node) {
    Map<String, Located<Requirement>> methods = new LinkedHashMap<>();
    List<Node.Member> members = node.members();
    if (members.isEmpty() && !node.isText() && !node.isList()) {
      node.error("is empty; name at least one method");
    }
    for (Node.Member member : members) {
      String method = member.key().parseKey(MethodsReader::method);
      if (method != null) {
        warnOfSlip(member.key(), method);
      }
      Requirement requirement = requirement(member.value());
      if (requirement != null) {
        methods.put(member.name(), new Located<>(requirement, member.value()));
      }
    }
    return methods;
  }

  /** An API may have methods of its own; few are a slip away from one that is registered. */
  private static void warnOfSlip(Node key, String method) {
    if (!RegisteredMethods.ALL.contains(method)) {
      List<String> known = new ArrayList<>(COMMON);
      RegisteredMethods.ALL.stream().sorted().forEach(known::add);
      String meant = Suggestions.oneSlipFrom(method, known);
      if (meant != null) {
        key.warnAt(0, method, "is no registered method", meant);
      }
    }
  }

  /** {@return only what is asked} */
  static Map<String, Requirement> requirements(Map<String, Located<Requirement>> methods) {
    Map<String, Requirement> requirements = new LinkedHashMap<>();
    methods.forEach((method, asked) -> requirements.put(method, asked.value()));
    return requirements;
  }

  private static @Nullable KnownTo knownTo(Node node) {
    String word = node.isText() ? node.text() : "";
    if (word == null) {
      return null;
    }
    return switch (word) {
      case "authenticated" -> KnownTo.AnyAuthenticated.ANY_AUTHENTICATED;
      case "nobody" -> KnownTo.Nobody.NOBODY;
      case "upstream" -> KnownTo.Upstream.UPSTREAM;
      default -> {
        Requirement holders = Permissions.REQUIRED.read(node);
        yield holders == null ? null : new KnownTo.Holders(holders);
      }
    };
  }

  private static String method(String text) {
    if (!TOKEN.matcher(text).matches()) {
      throw new IllegalArgumentException("is not a method");
    }
    if (text.equals("CONNECT") || text.equals("TRACE")) {
      throw new IllegalArgumentException("is always answered with 405 and can't be routed");
    }
    String upper = text.toUpperCase(Locale.ROOT);
    if (!text.equals(upper) && COMMON.contains(upper)) {
      throw new IllegalArgumentException(
          "is not a method: they are case-sensitive; write " + upper);
    }
    return text;
  }

  private static @Nullable Requirement requirement(Node node) {
    String word = node.isText() ? node.text() : "";
    if (word == null) {
      return null;
    }
    return switch (word) {
      case "public" -> Requirement.Public.PUBLIC;
      case "authenticated" -> Requirement.Authenticated.AUTHENTICATED;
      default -> Permissions.REQUIRED.read(node);
    };
  }
}
