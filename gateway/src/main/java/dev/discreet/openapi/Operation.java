package dev.discreet.openapi;

/**
 * An operation of a document.
 *
 * @param line where it stands
 * @param method in capitals
 * @param path as the document has it, behind the path of its server
 * @param definition the operation object
 */
record Operation(int line, String method, String path, Tree.Members definition) {
  @Override
  public String toString() {
    return method + " " + path;
  }
}
