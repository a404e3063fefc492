package dev.discreet.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrowthTest {
  /** As many as a soak of a build has looks. */
  private static final int LOOKS = 15;

  private static long[] values(long seed, double perLook, int noise) {
    Random random = new Random(seed);
    return IntStream.range(0, LOOKS)
        .mapToLong(i -> Math.round(180 + perLook * i + random.nextInt(-noise, noise + 1)))
        .toArray();
  }

  @Test
  void whatFluctuatesDoesNotGrow() {
    for (int seed = 0; seed < 1000; seed++) {
      assertThat(Growth.of(values(seed, 0, 15)).isSteady()).as("seed %d", seed).isFalse();
    }
  }

  @Test
  void whatIsHeldOnceMoreAtEachLookGrowsAmongFluctuations() {
    for (int seed = 0; seed < 1000; seed++) {
      assertThat(Growth.of(values(seed, 5, 8)).isSteady()).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void whatSettlesDoesNotGrow() {
    long[] settled = {150, 156, 163, 171, 180, 181, 179, 180, 182, 180, 179, 181, 180, 182, 179};
    assertThat(Growth.of(settled).isSteady()).isFalse();
  }

  @Test
  void aTinyGrowthIsTolerated() {
    assertThat(Growth.of(IntStream.range(0, LOOKS).mapToLong(i -> 10_000 + i).toArray()).isSteady())
        .isFalse();
  }
}
