package dev.discreet.policy;

import java.util.List;

/** The grants, prepared for finding those of one caller on one resource. */
public final class Grants {
  private final List<Grant> all;

  /** Prepares {@code grants}. */
  public Grants(List<Grant> grants) {
    all = List.copyOf(grants);
  }

  /** {@return every grant, in the order of the configuration} */
  public List<Grant> all() {
    return all;
  }
}
