package dev.discreet.telemetry;

import dev.discreet.config.RegisteredMethods;

/** Bounds the label {@code method}: a client may invent methods, but no time series. */
final class MethodLabel {
  private static final String OTHER = "other";

  private MethodLabel() {}

  /** {@return {@code method} where it is registered, else {@code other}; methods have a case} */
  static String of(String method) {
    return RegisteredMethods.ALL.contains(method) ? method : OTHER;
  }
}
