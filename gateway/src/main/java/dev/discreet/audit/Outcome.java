package dev.discreet.audit;

/** What can be said of an oracle. */
public enum Outcome {
  PASS,
  UNDECIDED,
  FAIL;

  /** {@return the worse of both} */
  Outcome or(Outcome other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
