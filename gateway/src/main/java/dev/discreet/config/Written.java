package dev.discreet.config;

/**
 * Finds where a character of a scalar stands in its file. Quotes, escapes, folded lines and
 * indentation stand in the file only, so the two are read side by side.
 */
final class Written {
  private final int[] file;
  private final boolean escapes;
  private final boolean doubled;
  private int at;

  private Written(String file, Place start) {
    this.file = file.codePoints().toArray();
    goTo(start);
    skipProperties();
    int style = peek();
    escapes = style == '"';
    doubled = style == '\'';
    if (escapes || doubled) {
      at++;
    } else if (style == '|' || style == '>') {
      skipLine();
    }
  }

  /**
   * {@return the place of a character}
   *
   * @param file the text of the file
   * @param start where the scalar begins
   * @param value what the scalar says
   * @param offset the character's index in {@code value}, in code points; white space at the end of
   *     {@code value} counts as its end
   */
  static Place of(String file, Place start, String value, int offset) {
    Written written = new Written(file, start);
    int[] said = value.stripTrailing().codePoints().toArray();
    for (int i = 0; i < Math.min(offset, said.length); i++) {
      written.skipLayoutBefore(said[i]);
      written.step(said[i]);
    }
    if (offset < said.length) {
      written.skipLayoutBefore(said[offset]);
    }
    return written.place(start.file());
  }

  private void goTo(Place start) {
    for (int line = 1; line < start.line(); line++) {
      skipLine();
    }
    at += start.column() - 1;
  }

  /** An anchor stands before its value. */
  private void skipProperties() {
    while (peek() == '&' || peek() == '!') {
      while (at < file.length && !isBlank(peek())) {
        at++;
      }
      skipBlanks();
    }
  }

  private void skipLine() {
    while (at < file.length && !isBreak(at)) {
      at++;
    }
    at++;
  }

  private void skipBlanks() {
    while (at < file.length && isBlank(peek())) {
      at++;
    }
  }

  /** Skips what is no part of the value: folded and continued lines, and indentation. */
  private void skipLayoutBefore(int said) {
    while (escapes && peek() == '\\' && isBreak(at + 1)) {
      at += 2;
      skipBlanks();
    }
    if (!isBlank(said)) {
      skipBlanks();
    }
  }

  private void step(int said) {
    if (escapes && peek() == '\\') {
      at +=
          switch (at + 1 < file.length ? file[at + 1] : 0) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
          };
    } else {
      at += doubled && said == '\'' ? 2 : 1;
    }
  }

  private int peek() {
    return at < file.length ? file[at] : 0;
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || isLineEnd(c);
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  /** {@return whether a line ends here; CR LF is one end} */
  private boolean isBreak(int index) {
    return index < file.length
        && isLineEnd(file[index])
        && !(file[index] == '\r' && index + 1 < file.length && file[index + 1] == '\n');
  }

  private Place place(String name) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(at, file.length); i++) {
      boolean ends = isBreak(i);
      line += ends ? 1 : 0;
      column = ends ? 1 : column + 1;
    }
    return new Place(name, line, column);
  }
}
