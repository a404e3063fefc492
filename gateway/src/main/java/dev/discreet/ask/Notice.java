package dev.discreet.ask;

/**
 * A change that no cell of a table shows.
 *
 * @param place where it stands, {@code file:line}
 * @param text what changes
 */
public record Notice(String place, String text) {
  @Override
  public String toString() {
    return place + ": " + text;
  }
}
