package dev.discreet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.StrictAnswer;

/**
 * What a test of a row asserts beside its answer: the log's row, and what the upstream was asked.
 */
final class RowCheck {
  static final String CANONICAL =
      """
      HTTP/1.1 404 Not Found\r
      content-type: application/problem+json\r
      content-length: 55\r
      cache-control: no-store\r
      x-content-type-options: nosniff\r
      cross-origin-resource-policy: same-origin\r
      x-request-id: *\r
      date: *\r
      \r
      {"type":"about:blank","title":"Not Found","status":404}""";

  private final EmbeddedWorld world;
  private String line = "";

  RowCheck(EmbeddedWorld world) {
    this.world = world;
  }

  /** {@return the answer to a request that the log must lay to {@code row}} */
  StrictAnswer ask(String row, String method, String target, String... fields) {
    StrictAnswer answer = world.ask(method, target, fields);
    line = world.line(answer);
    assertThat(line).contains("\"row\":\"" + row + "\"");
    return answer;
  }

  /** {@return the log line of what was asked last} */
  String line() {
    return line;
  }

  /** Not even a connection was asked for. */
  void theUpstreamWasNotAsked() {
    assertThat(world.api().opened()).isZero();
    assertThat(world.api().seen()).isEmpty();
  }

  void theUpstreamSaw(String... requests) {
    assertThat(world.api().seen())
        .extracting(seen -> seen.method() + " " + seen.target())
        .containsExactly(requests);
  }

  static void isCanonical(StrictAnswer answer) {
    assertThat(answer.shape()).isEqualTo(CANONICAL);
  }
}
