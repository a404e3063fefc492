package dev.discreet.audit;

import java.util.List;

/**
 * One request.
 *
 * @param path as it goes over the wire
 * @param version of HTTP in the request line, where there is one
 * @param fields but for host, user agent and what frames the body
 */
record Ask(String method, String path, String version, List<Field> fields, Body body) {
  static final String VERSION = "HTTP/1.1";

  /** {@return the plainest request for a path} */
  static Ask get(String path, Field... fields) {
    return new Ask("GET", path, VERSION, List.of(fields), Body.NONE);
  }
}
