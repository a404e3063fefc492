package dev.discreet.oracles;

import java.util.List;
import java.util.stream.Stream;

/** Where something is hidden, and as much is missing. Paths of a place are of one length. */
enum Place {
  DOCUMENTS("/accounts/b9/documents/", ""),
  COLLECTIONS("/accounts/", "/documents"),
  LEDGERS("/ledgers/", ""),
  VAULT("/vault/", ""),
  TRANSFERS("/transfers/", ""),
  NOTICES("/notices/", "");

  private static final String HIDDEN = "h1111111";
  private static final String MISSING = "m2222222";

  private final String before;
  private final String behind;

  Place(String before, String behind) {
    this.before = before;
    this.behind = behind;
  }

  String hidden() {
    return before + HIDDEN + behind;
  }

  String missing() {
    return before + MISSING + behind;
  }

  /** {@return a path as long that no route matches} */
  String unrouted() {
    return before.substring(0, before.length() - 2) + "z/" + MISSING + behind;
  }

  /** {@return another id there, of which the upstream knows nothing yet} */
  String other(String id) {
    return before + id + behind;
  }

  /** {@return all that exists and is hidden} */
  static String[] existing() {
    return Stream.of(values())
        .map(Place::hidden)
        .flatMap(path -> List.of(path, path + "/pages/1", path + "/notes/1").stream())
        .toArray(String[]::new);
  }
}
