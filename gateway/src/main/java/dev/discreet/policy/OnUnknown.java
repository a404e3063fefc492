package dev.discreet.policy;

/** What a refusal says where the probe could not tell ({@code probe.onFailure}). */
public enum OnUnknown {
  /** The canonical 404. */
  CONCEAL,
  /** 403 or 405, as if the resource existed. */
  DISCLOSE,
  /** 503 with {@code Retry-After}. */
  UNAVAILABLE
}
