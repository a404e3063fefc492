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

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
