package dev.discreet.openapi;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A document that can't be imported; the message says why, to people. */
public final class BadDocumentException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient @Nullable Place at;

  BadDocumentException(String message) {
    this(null, message, null);
  }

  BadDocumentException(String message, Throwable cause) {
    this(null, message, cause);
  }

  BadDocumentException(Place at, String message) {
    this(at, message, null);
  }

  BadDocumentException(@Nullable Place at, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.at = at;
  }

  /** {@return the line that a person reads} */
  public String in(Path file) {
    return file + (at == null ? "" : ":" + at) + ": " + getMessage();
  }
}
