package dev.discreet.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Oracle 31: a gateway that has as many connections as it bears says so before it looks. */
final class OverloadCases {
  private static final int MOST = 4;

  static final String LIMITS = OracleConfig.OPEN_GUARD + "\nlimits: {connections: " + MOST + "}";

  private final OracleWorld world;
  private int held;

  OverloadCases(OracleWorld world) {
    this.world = world;
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      for (String method : List.of("GET", "HEAD", "DELETE", "PUT", "OPTIONS")) {
        String title = "%s where no connection is left, %s".formatted(method, transport);
        cases.add(new Case(31, title, () -> compare(method, transport)));
      }
    }
    return cases;
  }

  private void compare(String method, Transport transport) throws IOException {
    fill();
    int reached = world.reached();
    Place place = Place.DOCUMENTS;
    String token = world.identities().token("simon", Map.of());
    for (List<String> fields :
        List.of(List.of("authorization: Bearer " + token), List.<String>of())) {
      String hidden = tell(method, transport, fields, place.hidden());
      assertThat(hidden).contains(" 503");
      assertThat(tell(method, transport, fields, place.missing())).isEqualTo(hidden);
      assertThat(tell(method, transport, fields, place.unrouted())).isEqualTo(hidden);
    }
    assertThat(world.reached()).isEqualTo(reached);
  }

  private String tell(String method, Transport transport, List<String> fields, String path)
      throws IOException {
    world.hangUp(transport);
    Ask ask = new Ask(method, path, "HTTP/1.1", fields, Ask.Body.EMPTY);
    return world.line(transport).tell(List.of(ask)).shape();
  }

  /** Takes every connection that there is. */
  private void fill() throws IOException {
    while (held < MOST) {
      RawClient client = new RawClient(world.gateway().address());
      if (client.send(TestGateway.request("GET", "/about")).read("GET").status() == 503) {
        // One of somebody who hung up is not yet counted off.
        client.close();
      } else {
        world.keep(client);
        held++;
      }
    }
  }
}
