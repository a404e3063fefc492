package dev.discreet.openapi;

import java.util.List;

/** Names that are made where the document has none. */
final class Names {
  private Names() {}

  /**
   * {@return a permission: the last literal segment, and what is done}
   *
   * @param list whether it is done on a list
   */
  static String permission(String path, String method, boolean list) {
    String noun =
        List.of(path.split("/", -1)).reversed().stream()
            .filter(segment -> !segment.isEmpty() && segment.indexOf('{') < 0)
            .map(Names::slug)
            .filter(slug -> !slug.isEmpty())
            .findFirst()
            .orElse("root");
    return noun + ":" + verb(method, list);
  }

  private static String verb(String method, boolean list) {
    return switch (method) {
      case "GET", "HEAD" -> list ? "list" : "read";
      case "OPTIONS" -> "read";
      case "POST" -> list ? "create" : "write";
      case "DELETE" -> "delete";
      default -> "write";
    };
  }

  /** {@return letters, digits, dots and dashes of a text, or empty} */
  static String slug(String text) {
    return text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
  }
}
