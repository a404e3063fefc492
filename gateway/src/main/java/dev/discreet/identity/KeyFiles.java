package dev.discreet.identity;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;

/** The key sets that a configuration holds in files: a part of it, and checked with it. */
public final class KeyFiles {
  private KeyFiles() {}

  /** {@return whether a file's content is a key set (RFC 7517 §5), be it empty} */
  public static boolean isKeySet(String content) {
    try {
      KeySet.parse(content.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (ParseException e) {
      return false;
    }
  }
}
