package dev.discreet.openapi;

import dev.discreet.policy.PathTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A route that is being made. */
final class RouteDraft {
  private final PathTemplate path;
  private final Map<String, Asked> methods = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private @Nullable String empty;

  RouteDraft(PathTemplate path) {
    this.path = path;
  }

  PathTemplate path() {
    return path;
  }

  /** {@return what each method asks, in the order of the document} */
  Map<String, Asked> methods() {
    return methods;
  }

  /** {@return what a person should look at} */
  List<String> notes() {
    return notes;
  }

  /** {@return the JSON of its empty list, or null where it is no collection} */
  @Nullable String empty() {
    return empty;
  }

  void collection(String json) {
    empty = json;
  }
}
