package dev.discreet.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Claims written in YAML, as they would be read from a token's JSON. */
final class ClaimValues {
  private ClaimValues() {}

  static Map<String, Object> object(Node node) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (Node.Member member : node.members()) {
      object.put(member.name(), value(member.value()));
    }
    return object;
  }

  private static Object value(Node node) {
    return switch (node.value()) {
      case Value.Entries _ -> object(node);
      case Value.Items _ -> {
        List<Object> items = new ArrayList<>();
        node.items().forEach(item -> items.add(value(item)));
        yield items;
      }
      case Value.Text text -> {
        Object scalar = text.raw().isEmpty() ? "" : ScalarValues.read(node);
        yield scalar == null ? "" : scalar;
      }
    };
  }
}
