package dev.discreet.audit;

import java.util.Arrays;

/** The times of triples, in ns, in the order in which they were taken. */
public final class Samples {
  private final long[] hidden;
  private final long[] missing;
  private final long[] floor;

  Samples(int triples) {
    this(new long[triples], new long[triples], new long[triples]);
  }

  private Samples(long[] hidden, long[] missing, long[] floor) {
    this.hidden = hidden;
    this.missing = missing;
    this.floor = floor;
  }

  /** {@return those of the hidden path} */
  long[] hidden() {
    return hidden;
  }

  /** {@return those of a missing path} */
  long[] missing() {
    return missing;
  }

  /** {@return those of a missing path again: how far two that are alike differ} */
  long[] floor() {
    return floor;
  }

  /** {@return how many triples there are} */
  int size() {
    return hidden.length;
  }

  /** {@return the first {@code size} of them} */
  Samples first(int size) {
    return new Samples(
        Arrays.copyOf(hidden, size), Arrays.copyOf(missing, size), Arrays.copyOf(floor, size));
  }
}
