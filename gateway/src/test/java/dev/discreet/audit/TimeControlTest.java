package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The judgement of time can fail: with the bounds of {@code discreet audit}, a leak of 1 µs is
 * found, and none is where there is none. A busy machine may need more triples to decide than a
 * quiet one, so they are doubled until it has.
 */
@Timeout(120)
class TimeControlTest {
  private static final Bounds BOUNDS = new Bounds(100, 0.01, 0.0025);
  private static final int FEWEST = 10_000;
  private static final int MOST = 160_000;
  private static final int PAIRS = 8;
  private static final int RUNS = 3;
  private static final long LEAK_NANOS = 1_000;

  private static TimeResult timed(Protocol protocol, long slower, int triples) throws IOException {
    Settings settings =
        new Settings(
            "discreet-audit/test",
            "t",
            true,
            0,
            2,
            6,
            triples,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            BOUNDS,
            1);
    try (LeakyServer server = new LeakyServer(Controls.slower(slower))) {
      List<Pair> pairs =
          IntStream.range(0, PAIRS)
              .mapToObj(i -> new Pair(LeakyServer.HIDDEN + i, LeakyServer.MISSING + i))
              .toList();
      Target target = Target.of(server.url(), null);
      return new TimeAudit(target, pairs, protocol, "GET", settings, new Pace(0)).run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLeakOfAMicrosecondFailsAndNoneDoesNot(Protocol protocol) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    int triples = FEWEST;
    outcomes.add(timed(protocol, LEAK_NANOS, triples).outcome());
    while (outcomes.getLast() != Outcome.FAIL && triples < MOST) {
      triples *= 2;
      outcomes.add(timed(protocol, LEAK_NANOS, triples).outcome());
    }
    assertThat(outcomes).doesNotContain(Outcome.PASS).endsWith(Outcome.FAIL);
    assertThat(ofNone(protocol, triples)).isNotEqualTo(Outcome.FAIL);
  }

  /** What other work on the machine does to a run it does not do to each. */
  private static Outcome ofNone(Protocol protocol, int triples) throws IOException {
    Outcome outcome = Outcome.FAIL;
    for (int i = 0; i < RUNS && outcome == Outcome.FAIL; i++) {
      outcome = timed(protocol, 0, triples).outcome();
    }
    return outcome;
  }
}
