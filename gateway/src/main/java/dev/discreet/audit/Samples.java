package dev.discreet.audit;

import java.util.Arrays;

/**
 * The times of triples, in ns, in the order in which they were taken.
 *
 * @param hidden of the hidden path
 * @param missing of a missing path
 * @param floor of a missing path again: how far two that are alike differ
 */
public record Samples(long[] hidden, long[] missing, long[] floor) {
  /** {@return how many triples there are} */
  public int size() {
    return hidden.length;
  }

  /** {@return the first {@code size} of them} */
  Samples first(int size) {
    return new Samples(
        Arrays.copyOf(hidden, size), Arrays.copyOf(missing, size), Arrays.copyOf(floor, size));
  }
}
