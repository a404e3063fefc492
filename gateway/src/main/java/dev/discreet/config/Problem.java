package dev.discreet.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a configuration, or doubtful. {@code text} is what the file says
 * before variables are read; messages quote parts of paths and names, never the value of a header
 * or what a secret's file holds.
 *
 * @param severity whether the configuration can be used all the same
 * @param file the file, relative to the folder; the folder itself where no file is meant
 * @param line from 1, or 0 where the file as a whole is meant
 * @param column from 1, or 0 where the file as a whole is meant
 * @param keyPath such as {@code routes[2].methods.GET}, or empty at the top
 * @param text the offending text, or empty
 * @param message what is wrong and how to mend it
 * @param suggestion a known name that is near, or null
 */
public record Problem(
    Severity severity,
    String file,
    int line,
    int column,
    String keyPath,
    String text,
    String message,
    @Nullable String suggestion) {
  private static final int SHOWN = 80;

  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /** {@return {@code file:line:column}, or the file where it is meant as a whole} */
  public String place() {
    return line > 0 ? file + ":" + line + ":" + column : file;
  }

  /** {@return the line that a person reads} */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(place());
    line.append(severity == Severity.ERROR ? ": error: " : ": warning: ");
    return printable(line.append(what()).toString());
  }

  /** {@return what a person reads beside the place and the severity} */
  public String detail() {
    return printable(what());
  }

  private String what() {
    StringBuilder line = new StringBuilder();
    if (!keyPath.isEmpty()) {
      line.append(keyPath).append(": ");
    }
    if (!text.isEmpty()) {
      line.append('"').append(cut(text)).append("\": ");
    }
    line.append(message);
    if (suggestion != null) {
      line.append("; did you mean \"").append(cut(suggestion)).append("\"?");
    }
    return line.toString();
  }

  private static String cut(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  /** What could move a cursor, turn the direction of writing or begin a line is spelt out. */
  private static String printable(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isPrintable(c)) {
                safe.appendCodePoint(c);
              } else {
                safe.append(String.format("\\u%04x", c));
              }
            });
    return safe.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
