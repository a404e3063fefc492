package dev.discreet.openapi;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a document.
 *
 * @param at where it stands
 * @param method in capitals
 * @param path as the document has it, behind the path of its server
 * @param definition the operation object
 */
record Operation(Place at, String method, String path, Tree.Members definition) {
  /** {@return which of a route's methods decides on it: HEAD asks what GET asks unless named} */
  @Nullable String decidedBy(Set<String> methods) {
    if (methods.contains(method)) {
      return method;
    }
    return method.equals("HEAD") && methods.contains("GET") ? "GET" : null;
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
