package dev.discreet.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Oracles 21 and 22: budgets and bans. What a caller asks for has no part in when he is stopped,
 * how, and for how long.
 */
final class GuardCases {
  static final String GUARD = "{refusals: 5/min, block: 5m}";

  private static final int BUDGET = 5;
  private static final int ASKS = 8;

  /** It may be a second less once a second is over. */
  private static final Pattern WAIT = Pattern.compile("(?m)^retry-after: (29\\d|300)(?=\r?$)");

  private final OracleWorld world;
  private int subjects;

  GuardCases(OracleWorld world) {
    this.world = world;
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      for (String method : List.of("GET", "DELETE", "HEAD", "PATCH")) {
        String who = "%s: stranger, %s".formatted(method, transport);
        cases.add(new Case(21, "a budget used up, " + who, () -> drain(method, transport)));
        cases.add(new Case(22, "a ban, " + who, () -> ban(method, transport)));
      }
    }
    return cases;
  }

  private List<String> walk(String method, Transport transport, List<String> paths)
      throws IOException {
    subjects++;
    String token = world.identities().token("walker-" + subjects, Map.of());
    List<String> fields = List.of("authorization: Bearer " + token);
    List<String> shapes = new ArrayList<>();
    for (int i = 0; i < ASKS; i++) {
      String path = paths.get(i % paths.size());
      Ask ask = new Ask(method, path, "HTTP/1.1", fields, Ask.Body.EMPTY);
      String shape = world.line(transport).tell(List.of(ask)).shape();
      shapes.add(WAIT.matcher(shape).replaceAll("retry-after: *"));
    }
    return shapes;
  }

  private void drain(String method, Transport transport) throws IOException {
    Place place = Place.DOCUMENTS;
    List<String> ofHidden = walk(method, transport, List.of(place.hidden()));
    assertThat(ofHidden).filteredOn(shape -> shape.contains(" 404")).hasSize(BUDGET);
    assertThat(walk(method, transport, List.of(place.missing()))).isEqualTo(ofHidden);
    assertThat(walk(method, transport, List.of(place.unrouted()))).isEqualTo(ofHidden);
    assertThat(walk(method, transport, List.of(place.hidden(), place.missing())))
        .isEqualTo(ofHidden);
  }

  private void ban(String method, Transport transport) throws IOException {
    Place place = Place.DOCUMENTS;
    List<String> first =
        new ArrayList<>(List.of(place.missing(), place.missing(), place.missing()));
    first.addAll(List.of(place.missing(), place.missing()));
    List<String> afterwards = List.of(place.hidden(), place.missing(), place.unrouted());
    first.addAll(afterwards);
    List<String> shapes = walk(method, transport, first);
    assertThat(shapes.subList(BUDGET, ASKS)).containsOnly(shapes.get(BUDGET));
    assertThat(shapes.get(BUDGET)).contains(" 429").contains("retry-after: *");
  }
}
