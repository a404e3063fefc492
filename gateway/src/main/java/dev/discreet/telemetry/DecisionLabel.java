package dev.discreet.telemetry;

import java.util.Locale;

/** What the gateway decided, as metrics and log name it (SPEC §8). */
public enum DecisionLabel {
  FORWARD,
  UNAUTHENTICATED,
  FORBIDDEN,
  CONCEALED,
  ABSENT,
  EMPTY,
  METHOD,
  LIMITED,
  REJECTED,
  UNAVAILABLE,
  LOCAL;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** {@return the value of the label {@code decision}} */
  public String label() {
    return label;
  }
}
