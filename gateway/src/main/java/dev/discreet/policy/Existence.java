package dev.discreet.policy;

/** What a probe of the upstream found out about a resource. */
public enum Existence {
  /** The upstream has it. */
  PRESENT,
  /** The upstream does not have it. */
  ABSENT,
  /** The probe failed, was refused, or answered something that says neither. */
  UNKNOWN
}
