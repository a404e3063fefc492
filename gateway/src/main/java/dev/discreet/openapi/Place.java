package dev.discreet.openapi;

/**
 * Where something stands in a document: both begin with 1. Without the column nobody would find it
 * in JSON that is one line.
 */
record Place(int line, int column) {
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
