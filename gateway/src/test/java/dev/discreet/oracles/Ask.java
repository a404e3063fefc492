package dev.discreet.oracles;

import java.util.List;

/**
 * One request.
 *
 * @param path as it goes over the wire
 * @param fields {@code name: value}, beside the host and what frames the body
 */
record Ask(String method, String path, String version, List<String> fields, Body body) {
  /** The authority of every request. */
  static final String HOST = "api.test";

  /**
   * The body of a request.
   *
   * @param declared its {@code content-length}, or {@link #NONE} or {@link #CHUNKS}
   * @param sent how many octets of it are sent
   * @param held whether they are sent once the answer is there
   */
  record Body(int declared, int sent, boolean held) {
    static final int NONE = -1;
    static final int CHUNKS = -2;
    static final Body EMPTY = new Body(NONE, 0, false);

    static Body sized(int octets) {
      return new Body(octets, octets, false);
    }

    String content() {
      return "x".repeat(sent);
    }

    boolean whole() {
      return declared == CHUNKS || declared <= sent;
    }
  }

  static Ask get(String path, String... fields) {
    return new Ask("GET", path, "HTTP/1.1", List.of(fields), Body.EMPTY);
  }
}
