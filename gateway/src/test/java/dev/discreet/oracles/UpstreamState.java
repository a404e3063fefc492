package dev.discreet.oracles;

import java.util.List;

/** How the upstream fares while callers ask. */
enum UpstreamState {
  WELL("upstream well"),
  SLOW("upstream slow, its connections taken and its queue full"),
  FAILING("upstream full of errors"),
  STOPPED("upstream stopped");

  /** All states in which something is wrong. */
  static final List<UpstreamState> TROUBLES = List.of(SLOW, FAILING, STOPPED);

  private final String title;

  UpstreamState(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
