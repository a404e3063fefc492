package dev.discreet.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Oracle 45: who scans without a valid credential is told one thing, whatever the path. */
final class ScanCases {
  private static final Map<String, List<String>> CREDENTIALS =
      Map.of(
          "no credential", List.of(),
          "a scheme that is not read", List.of("authorization: Basic YTpi"),
          "a token that is none", List.of("authorization: Bearer none"),
          "an empty cookie", List.of("cookie: session="));

  private final OracleWorld world;

  ScanCases(OracleWorld world) {
    this.world = world;
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      for (String method : List.of("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PROPFIND")) {
        CREDENTIALS.forEach(
            (title, fields) ->
                cases.add(
                    new Case(
                        45,
                        "%s, %s: %s, %s".formatted(method, title, transport, world.state()),
                        () -> scan(method, fields, transport))));
      }
    }
    return cases;
  }

  private static List<String> paths() {
    List<String> paths =
        new ArrayList<>(List.of("/", "/favicon.ico", "/.well-known/none", "/rows/1"));
    for (Place place : Place.values()) {
      paths.addAll(List.of(place.hidden(), place.missing(), place.unrouted()));
    }
    return paths;
  }

  private void scan(String method, List<String> fields, Transport transport) throws IOException {
    int reached = world.reached();
    Set<String> shapes = new LinkedHashSet<>();
    for (String path : paths()) {
      Ask ask = new Ask(method, path, "HTTP/1.1", fields, Ask.Body.EMPTY);
      shapes.add(world.line(transport).tell(List.of(ask)).shape());
    }
    assertThat(shapes).hasSize(1);
    assertThat(shapes.iterator().next()).contains(" 401").contains("www-authenticate: Bearer ");
    assertThat(world.reached()).isEqualTo(reached);
  }
}
