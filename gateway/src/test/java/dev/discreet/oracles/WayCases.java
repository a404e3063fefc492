package dev.discreet.oracles;

import static dev.discreet.oracles.UpstreamState.TROUBLES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.oracles.Way.Credentials;
import dev.discreet.oracles.Way.First;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every way to ask, by every outsider: hidden, missing and what no route matches are told alike.
 */
final class WayCases {
  private static final boolean WHOLE = Boolean.getBoolean("oracles.whole");

  /** The oracle that is about nothing else. */
  private static final int UNROUTED = 46;

  private final OracleWorld world;
  private int ids;

  WayCases(OracleWorld world) {
    this.world = world;
  }

  /**
   * {@return the cases of one world, which take turns in what of transports and states they have: a
   * way by an outsider is seen over one transport while the upstream is well, and every other over
   * one in one state of trouble; with the property {@code oracles.whole}, over all in all}
   */
  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    int turn = 0;
    for (Way way : Ways.all()) {
      List<Transport> spoken = Stream.of(Transport.values()).filter(way::spokenIn).toList();
      for (Outsider outsider : Outsider.values()) {
        turn++;
        if (WHOLE) {
          spoken.forEach(transport -> cases.add(one(way, outsider, transport)));
        } else if (isItsTurn(turn)) {
          cases.add(one(way, outsider, spoken.get(turn % spoken.size())));
        }
      }
    }
    return cases;
  }

  private boolean isItsTurn(int turn) {
    // Four in a row: each transport.
    int four = turn / 4;
    return world.state() == UpstreamState.WELL
        || (four % 2 == 0 && world.state() == TROUBLES.get(four / 2 % TROUBLES.size()));
  }

  private Case one(Way way, Outsider outsider, Transport transport) {
    String title = "%s: %s, %s, %s".formatted(way, outsider, transport, world.state());
    return new Case(way.oracle(), title, () -> compare(way, outsider, transport));
  }

  private void compare(Way way, Outsider outsider, Transport transport) throws IOException {
    String hidden = outsider.place().hidden();
    String missing = outsider.place().missing();
    if (way.first() == First.NEW_ID) {
      ids++;
      hidden = outsider.place().other("h%07d".formatted(ids));
      missing = outsider.place().other("m%07d".formatted(ids));
      world.api().owning(hidden);
    }
    prepare(way);
    int reached = world.reached();
    Told ofHidden = tell(way, outsider, transport, hidden);
    Told ofMissing = tell(way, outsider, transport, missing);
    assertThat(ofHidden.shape()).isEqualTo(ofMissing.shape());
    boolean listed = outsider == Outsider.LISTLESS && ofHidden.answer().status() == 200;
    if (!listed && (world.state() == UpstreamState.WELL || way.oracle() == UNROUTED)) {
      Told ofNothing = tell(way, outsider, transport, outsider.place().unrouted());
      assertThat(ofNothing.shape()).as("what no route matches").isEqualTo(ofHidden.shape());
    }
    assertThat(world.reached()).as("the upstream's requests and connections").isEqualTo(reached);
    way.check(outsider, ofHidden);
  }

  private void prepare(Way way) throws IOException {
    if (way.first() == First.OTHERS_ASK && world.state() == UpstreamState.WELL) {
      world.warm();
    }
  }

  private Told tell(Way way, Outsider outsider, Transport transport, String path)
      throws IOException {
    if (way.first() == First.CONNECT) {
      world.hangUp(transport);
    }
    String origin = transport.scheme() + "://" + Ask.HOST;
    Credentials credentials =
        (method, target) ->
            outsider.credential(
                world.identities(), method, target.startsWith("/") ? origin + target : target);
    return world.line(transport).tell(way.asks(path, outsider.place().missing(), credentials));
  }
}
