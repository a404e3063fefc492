package dev.discreet.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Oracles 41 and 43: what is created, deleted, renamed and shared while outsiders ask. */
final class ChangeCases {
  private static final int ASKS = 100;
  private final OracleWorld world;
  private int races;

  ChangeCases(OracleWorld world) {
    this.world = world;
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      String where = ": stranger, " + transport;
      cases.add(new Case(41, "there and gone by turns" + where, () -> race(transport)));
    }
    cases.add(new Case(43, "created, shared, renamed, deleted: all", this::change));
    return cases;
  }

  private void race(Transport transport) throws Exception {
    races++;
    String path = Place.DOCUMENTS.other("race%04d".formatted(races));
    AtomicBoolean over = new AtomicBoolean();
    Thread changing =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!over.get()) {
                    world.api().owning(path);
                    world.api().losing(path);
                  }
                });
    Set<String> shapes = new HashSet<>();
    Set<Integer> told = new HashSet<>();
    try {
      for (int i = 0; i < ASKS; i++) {
        shapes.add(shape("simon", "DELETE", path, transport));
        told.add(world.readerAsks(path));
      }
    } finally {
      over.set(true);
      changing.join();
    }
    assertThat(shapes).hasSize(1);
    assertThat(told).isSubsetOf(403, 404);
  }

  private void change() throws IOException {
    String path = Place.DOCUMENTS.other("changing");
    Map<String, String> before = everyAnswer(path);
    world.api().owning(path);
    assertThat(everyAnswer(path)).as("created").isEqualTo(before);
    String shared = OracleConfig.grants() + shared(path);
    world.gateway().taking(() -> world.gateway().write(OracleConfig.GRANTS_FILE, shared));
    assertThat(everyAnswer(path)).as("shared").isEqualTo(before);
    world.api().losing(path);
    world.api().owning(Place.DOCUMENTS.other("changed0"));
    assertThat(everyAnswer(path)).as("renamed").isEqualTo(before);
    assertThat(everyAnswer(Place.DOCUMENTS.other("changed0"))).as("its new name").isEqualTo(before);
    world.api().losing(Place.DOCUMENTS.other("changed0"));
    assertThat(everyAnswer(path)).as("deleted").isEqualTo(before);
  }

  private static String shared(String path) {
    return """
        - {to: {subject: newcomer}, issuer: main, permissions: ["*"], resources: %s}
        - {to: {group: newcomers}, issuer: main, permissions: ["*"], resources: /accounts/b9/**}
      """
        .formatted(path);
  }

  private Map<String, String> everyAnswer(String path) throws IOException {
    Map<String, String> answers = new TreeMap<>();
    for (Transport transport : Transport.values()) {
      for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS")) {
        for (String subject : List.of("simon", "chloe", "paul")) {
          answers.put(
              method + " " + subject + " " + transport, shape(subject, method, path, transport));
        }
      }
    }
    return answers;
  }

  private String shape(String subject, String method, String path, Transport transport)
      throws IOException {
    String token = world.identities().token(subject, Map.of());
    List<String> fields = List.of("authorization: Bearer " + token);
    Ask ask = new Ask(method, path, "HTTP/1.1", fields, Ask.Body.EMPTY);
    return world.line(transport).tell(List.of(ask)).shape();
  }
}
