package dev.discreet.openapi;

import java.nio.file.Path;

/**
 * Something about a document that a person should know.
 *
 * @param line of the document
 * @param text without the place
 */
record Finding(int line, String text) {
  /** {@return the line that a person reads} */
  String in(Path file) {
    return file + ":" + line + ": " + text;
  }
}
