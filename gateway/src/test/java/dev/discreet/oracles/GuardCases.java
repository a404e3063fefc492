package dev.discreet.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Oracles 21 and 22: budgets and bans. What a caller asks for has no part in when he is stopped,
 * how, and for how long.
 */
final class GuardCases {
  static final String GUARD = "guard: {refusals: 5/min, block: 5m}\ntrustedProxies: [127.0.0.0/8]";

  private static final int BUDGET = 5;
  private static final int ASKS = 8;

  /** It may be a second less once a second is over. */
  private static final Pattern WAIT = Pattern.compile("(?m)^retry-after: (29\\d|300)(?=\r?$)");

  private final OracleWorld world;
  private int walkers;

  GuardCases(OracleWorld world) {
    this.world = world;
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      for (String method : List.of("GET", "DELETE", "HEAD", "PATCH")) {
        for (Walker walker : Walker.values()) {
          String who = "%s: %s, %s".formatted(method, walker, transport);
          Walk walk = paths -> walk(method, walker, transport, paths);
          cases.add(new Case(21, "a budget used up, " + who, () -> drain(walk)));
          cases.add(new Case(22, "a ban, " + who, () -> ban(walk)));
        }
      }
    }
    return cases;
  }

  /** What a walker is charged by. */
  private enum Walker {
    STRANGER,
    ANONYMOUS,
    FORGED
  }

  /** Asks for paths in turn, as one whom nobody has seen before. */
  private interface Walk {
    List<String> through(List<String> paths) throws IOException;
  }

  private List<String> walk(String method, Walker walker, Transport transport, List<String> paths)
      throws IOException {
    walkers++;
    List<String> fields = new ArrayList<>();
    fields.add("x-forwarded-for: 192.0.2." + walkers);
    switch (walker) {
      case STRANGER -> fields.add(bearer(world.identities().token("walker-" + walkers, Map.of())));
      case FORGED -> fields.add(bearer("eyJhbGciOiJub25lIn0.e30.AAAA"));
      case ANONYMOUS -> {
        // Says nothing of himself.
      }
    }
    List<String> shapes = new ArrayList<>();
    for (int i = 0; i < ASKS; i++) {
      String path = paths.get(i % paths.size());
      Ask ask = new Ask(method, path, "HTTP/1.1", fields, Ask.Body.EMPTY);
      String shape = world.line(transport).tell(List.of(ask)).shape();
      shapes.add(WAIT.matcher(shape).replaceAll("retry-after: *"));
    }
    return shapes;
  }

  private static String bearer(String token) {
    return "authorization: Bearer " + token;
  }

  private static void drain(Walk walk) throws IOException {
    Place place = Place.DOCUMENTS;
    List<String> ofHidden = walk.through(List.of(place.hidden()));
    assertThat(ofHidden).filteredOn(shape -> shape.matches("(?s).* 40[14].*")).hasSize(BUDGET);
    assertThat(walk.through(List.of(place.missing()))).isEqualTo(ofHidden);
    assertThat(walk.through(List.of(place.unrouted()))).isEqualTo(ofHidden);
    assertThat(walk.through(List.of(place.hidden(), place.missing()))).isEqualTo(ofHidden);
  }

  private static void ban(Walk walk) throws IOException {
    Place place = Place.DOCUMENTS;
    List<String> paths = new ArrayList<>(Collections.nCopies(BUDGET, place.missing()));
    paths.addAll(List.of(place.hidden(), place.missing(), place.unrouted()));
    List<String> shapes = walk.through(paths);
    assertThat(shapes.subList(BUDGET, ASKS)).containsOnly(shapes.get(BUDGET));
    assertThat(shapes.get(BUDGET)).contains(" 429").contains("retry-after: *");
  }
}
