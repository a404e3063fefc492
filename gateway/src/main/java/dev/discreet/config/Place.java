package dev.discreet.config;

/**
 * Where something stands.
 *
 * @param file relative to the folder
 * @param line from 1, or 0 for the file as a whole
 * @param column from 1, or 0 for the file as a whole
 */
record Place(String file, int line, int column) {
  static Place ofFile(String file) {
    return new Place(file, 0, 0);
  }

  /** {@return the place right behind {@code before}, which is the beginning of the file} */
  static Place after(String file, CharSequence before) {
    int line = 1;
    int column = 1;
    for (int c : before.codePoints().toArray()) {
      line += c == '\n' ? 1 : 0;
      column = c == '\n' ? 1 : column + 1;
    }
    return new Place(file, line, column);
  }

  /** {@return {@code file:line}, how grants and routes are called to people} */
  String ofLine() {
    return file + ":" + line;
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
