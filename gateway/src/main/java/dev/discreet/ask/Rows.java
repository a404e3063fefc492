package dev.discreet.ask;

import java.util.Map;

/** The rows of SPEC §2 in words. */
final class Rows {
  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("0", "refused unread"),
          Map.entry("1", "the token is not valid"),
          Map.entry("1b", "the token can't be checked now"),
          Map.entry("2", "anonymous, and permitted"),
          Map.entry("3", "anonymous, and not permitted"),
          Map.entry("4", "no route"),
          Map.entry("5", "permitted"),
          Map.entry("5b", "permitted, but not authenticated strongly or freshly enough"),
          Map.entry("6", "not permitted, may not know: an empty list"),
          Map.entry("7", "not permitted, may not know"),
          Map.entry("7u", "the upstream is asked as this caller whether he may know"),
          Map.entry("8", "not permitted, may know, exists"),
          Map.entry("9", "not permitted, may know, does not exist"),
          Map.entry("10", "not permitted, may know, existence can't be told"),
          Map.entry("11", "the route does not name the method, may not know"),
          Map.entry("12", "the route does not name the method, may know"));

  private Rows() {}

  static String meaning(String row) {
    return MEANINGS.getOrDefault(row, "row " + row);
  }
}
