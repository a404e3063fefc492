package dev.discreet.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Eventually;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Oracle 28: the log has the same line for both but for what names the request, and no metric
 * counts them apart or has their names.
 */
final class LogCases {
  private static final String COUNTED = "discreet_requests_total{";

  /** Keys are fetched again when their time has come, whatever is asked meanwhile. */
  private static final String UNASKED = "discreet_jwks_refreshes_total";

  private final OracleWorld world;

  LogCases(OracleWorld world) {
    this.world = world;
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Outsider outsider : Outsider.values()) {
      String title = "a DELETE: %s, %s".formatted(outsider, world.state());
      cases.add(new Case(28, title, () -> compare(outsider, "DELETE")));
    }
    return cases;
  }

  /**
   * What the operator has of a request.
   *
   * @param line of the log
   * @param counted what metrics rose by
   */
  private record Kept(String line, Map<String, Double> counted) {}

  private void compare(Outsider outsider, String method) throws IOException {
    Kept hidden = kept(outsider, method, outsider.place().hidden());
    Kept missing = kept(outsider, method, outsider.place().missing());
    assertThat(hidden).isEqualTo(missing);
    assertThat(world.gateway().metrics()).doesNotContain("1111111", "2222222");
  }

  private Kept kept(Outsider outsider, String method, String path) throws IOException {
    Map<String, Double> before = counters();
    String url = "http://" + Ask.HOST + path;
    List<String> fields = outsider.credential(world.identities(), method, url);
    Ask ask = new Ask(method, path, "HTTP/1.1", fields, Ask.Body.EMPTY);
    Told told = world.line(Transport.HTTP1).tell(List.of(ask));
    String line = world.gateway().logged(told.answer().value("x-request-id"));
    Eventually.holds("it is counted", () -> total(counters()) == total(before) + 1);
    Map<String, Double> risen = new TreeMap<>();
    counters()
        .forEach(
            (series, value) -> {
              double by = value - before.getOrDefault(series, 0.0);
              if (by != 0) {
                risen.put(series, by);
              }
            });
    return new Kept(
        line.replaceAll("\"(time|request_id|path)\":\"[^\"]*\"", "$1")
            .replaceAll("\"duration_ms\":[0-9.]+", "duration_ms"),
        risen);
  }

  private static double total(Map<String, Double> counters) {
    return counters.entrySet().stream()
        .filter(each -> each.getKey().startsWith(COUNTED))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private Map<String, Double> counters() {
    Map<String, Double> counters = new TreeMap<>();
    world
        .gateway()
        .metrics()
        .lines()
        .filter(line -> line.startsWith("discreet_") && line.contains("_total"))
        .filter(line -> !line.startsWith(UNASKED))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              counters.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            });
    return counters;
  }
}
