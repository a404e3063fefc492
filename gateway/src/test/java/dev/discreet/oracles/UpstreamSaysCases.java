package dev.discreet.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Oracles 40 and 42: what the upstream says itself, after a forward and of who may know, as the
 * canonical 404 to the octet.
 */
final class UpstreamSaysCases {
  private static final String HIDDEN = "h1111111";
  private static final String MISSING = "m2222222";

  private final OracleWorld world;

  UpstreamSaysCases(OracleWorld world) {
    this.world = world;
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      String where = ": stranger, %s, %s".formatted(transport, world.state());
      for (String method : asking(transport)) {
        cases.add(
            new Case(
                42,
                method + " of what the upstream alone knows" + where,
                () -> compare(method, OracleConfig.ROWS, transport, Ask.Body.EMPTY)));
      }
      if (world.state() == UpstreamState.WELL) {
        cases.add(
            new Case(
                42,
                "what the upstream alone knows, and another in one write" + where,
                () -> compareBesideAnother(transport)));
        for (String method : List.of("GET", "HEAD", "DELETE", "PUT")) {
          Ask.Body body = method.equals("PUT") ? Ask.Body.sized(64) : Ask.Body.EMPTY;
          cases.add(
              new Case(
                  40,
                  method + " that is forwarded and shielded" + where,
                  () -> compare(method, OracleConfig.SHIELDED, transport, body)));
        }
      }
    }
    return cases;
  }

  /** Where the upstream is slow, each takes the time that a probe may take. */
  private List<String> asking(Transport transport) {
    if (world.state() == UpstreamState.SLOW) {
      return transport.tls() ? List.of() : List.of("DELETE");
    }
    return List.of("GET", "HEAD", "PATCH", "DELETE");
  }

  private void compare(String method, String place, Transport transport, Ask.Body body)
      throws IOException {
    String canonical = tell(method, "/nowhere/" + HIDDEN, transport, body);
    assertThat(canonical).contains(" 404");
    assertThat(tell(method, place + HIDDEN, transport, body)).isEqualTo(canonical);
    assertThat(tell(method, place + MISSING, transport, body)).isEqualTo(canonical);
  }

  /** What is remembered is answered before what must be asked for. */
  private void compareBesideAnother(Transport transport) throws IOException {
    List<String> shapes = new ArrayList<>();
    for (String id : List.of(HIDDEN, MISSING)) {
      String path = OracleConfig.ROWS + id;
      tell("GET", path, transport, Ask.Body.EMPTY);
      List<Ask> both =
          List.of(ask("GET", path, Ask.Body.EMPTY), ask("GET", "/nowhere", Ask.Body.EMPTY));
      shapes.add(world.line(transport).tell(both).shape());
    }
    assertThat(shapes.getFirst()).isEqualTo(shapes.getLast());
  }

  private String tell(String method, String path, Transport transport, Ask.Body body)
      throws IOException {
    return world.line(transport).tell(List.of(ask(method, path, body))).shape();
  }

  private Ask ask(String method, String path, Ask.Body body) {
    String token = world.identities().token("simon", Map.of());
    return new Ask(method, path, "HTTP/1.1", List.of("authorization: Bearer " + token), body);
  }
}
