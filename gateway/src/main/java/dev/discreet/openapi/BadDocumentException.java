package dev.discreet.openapi;

/** A document that can't be imported; the message says why, to people. */
public final class BadDocumentException extends Exception {
  private static final long serialVersionUID = 1;

  BadDocumentException(String message) {
    super(message);
  }

  BadDocumentException(String message, Throwable cause) {
    super(message, cause);
  }
}
