package dev.discreet.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with a message for people; no stack trace is shown. */
final class CommandFailed extends Exception {
  /** Something that is needed did not work. */
  static final int FAILURE = 1;

  /** The user has to change the command line or the configuration. */
  static final int WRONG_USE = 2;

  private static final long serialVersionUID = 1;

  private final int exitCode;

  CommandFailed(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  CommandFailed(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
