package dev.discreet.config;

/** How the place of a key is told: {@code routes[2].methods.GET}. */
final class KeyPath {
  private KeyPath() {}

  static String child(String parent, String key) {
    return parent.isEmpty() ? key : parent + "." + key;
  }
}
