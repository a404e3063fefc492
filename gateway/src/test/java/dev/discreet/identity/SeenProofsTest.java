package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeenProofsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1000);
  private static final Instant STALE = NOW.plusSeconds(90);

  @Test
  void anIdIsNewOncePerKey() {
    SeenProofs seen = new SeenProofs();
    assertThat(seen.isNew("key", "id", STALE, NOW)).isTrue();
    assertThat(seen.isNew("key", "id", STALE, NOW)).isFalse();
    assertThat(seen.isNew("other", "id", STALE, NOW)).isTrue();
    assertThat(seen.isNew("key", "other", STALE, NOW)).isTrue();
  }

  @Test
  void whatIsStaleIsForgotten() {
    SeenProofs seen = new SeenProofs();
    assertThat(seen.isNew("key", "id", STALE, NOW)).isTrue();
    assertThat(seen.isNew("key", "id", STALE, STALE.minusMillis(1))).isFalse();
    assertThat(seen.isNew("key", "id", STALE, STALE)).isTrue();
  }

  @Test
  void beyondItsRoomTheOldestIsForgotten() {
    SeenProofs seen = new SeenProofs(3, System::nanoTime);
    for (String id : new String[] {"a", "b", "c", "d"}) {
      assertThat(seen.isNew("key", id, STALE, NOW)).isTrue();
    }
    for (String id : new String[] {"b", "c", "d"}) {
      assertThat(seen.isNew("key", id, STALE, NOW)).as(id).isFalse();
    }
    assertThat(seen.isNew("key", "a", STALE, NOW)).isTrue();
  }
}
