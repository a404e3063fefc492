package dev.discreet.openapi;

import java.nio.file.Path;

/**
 * Something about a document that a person should know.
 *
 * @param at where in the document
 * @param what it is about: an operation, such as {@code GET /a}, or a path
 * @param why what is to be said of it
 */
record Finding(Place at, String what, String why) {
  BadDocumentException asError() {
    return new BadDocumentException(at, what + " " + why, null);
  }

  /** {@return the line that a person reads} */
  String in(Path file) {
    return file + ":" + at + ": " + what + " " + why;
  }
}
