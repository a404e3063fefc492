package dev.discreet.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Oracle 26: who is permitted and must step up is told so of all that he is permitted. */
final class StepUpCases {
  private final OracleWorld world;

  StepUpCases(OracleWorld world) {
    this.world = world;
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      String title = "stepping up: %s, %s, %s".formatted(Outsider.WEAK, transport, world.state());
      cases.add(new Case(26, title, () -> compare(transport)));
    }
    return cases;
  }

  private void compare(Transport transport) throws IOException {
    int reached = world.reached();
    Told hidden = tell(Place.TRANSFERS.hidden(), transport);
    assertThat(hidden.shape()).isEqualTo(tell(Place.TRANSFERS.missing(), transport).shape());
    assertThat(hidden.answer().status()).isEqualTo(401);
    assertThat(hidden.answer().value("www-authenticate"))
        .contains("insufficient_user_authentication");
    assertThat(world.reached()).isEqualTo(reached);
  }

  private Told tell(String path, Transport transport) throws IOException {
    String url = transport.scheme() + "://" + Ask.HOST + path;
    List<String> fields = Outsider.WEAK.credential(world.identities(), "PURGE", url);
    Ask ask = new Ask("PURGE", path, "HTTP/1.1", fields, Ask.Body.EMPTY);
    return world.line(transport).tell(List.of(ask));
  }
}
