package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProbeLimitTest {
  private static final int MOST = 8;

  private final ProbeLimit limit = new ProbeLimit(MOST);

  private void takes(@Nullable String caller, int probes) {
    for (int i = 0; i < probes; i++) {
      assertThat(limit.take(caller)).isTrue();
    }
    assertThat(limit.take(caller)).isFalse();
  }

  @Test
  void aCallerHasAQuarterAndAllOfThemHalf() {
    takes("alice", MOST / 4);
    takes("bob", MOST / 4);
    takes("carol", 0);
    takes(null, MOST / 2);
  }

  @Test
  void whatHasEndedMakesRoom() {
    takes("alice", MOST / 4);
    limit.give("alice");
    takes("alice", 1);
    takes("bob", MOST / 4);
    limit.give("alice");
    takes("carol", 1);
    takes(null, MOST / 2);
    limit.give(null);
    takes(null, 1);
  }

  @Test
  void oneIsForAll() {
    ProbeLimit one = new ProbeLimit(1);
    assertThat(one.take("alice")).isTrue();
    assertThat(one.take(null)).isFalse();
    one.give("alice");
    assertThat(one.take(null)).isTrue();
    assertThat(one.take("alice")).isFalse();
  }
}
