package dev.discreet.upstream;

import java.time.Duration;

/** Whose connection it is: told when it can serve again, and when it has ended. */
interface ConnectionOwner {
  /** {@return how long it may rest unused; zero for as long as its peer keeps it} */
  Duration idleLimit();

  /** It can serve again. */
  void giveBack(UpstreamConnection connection);

  /** It has ended. */
  void closed(UpstreamConnection connection);
}
