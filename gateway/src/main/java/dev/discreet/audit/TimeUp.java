package dev.discreet.audit;

import java.io.IOException;

/** Ends an audit that has had its time. */
final class TimeUp extends IOException {
  private static final long serialVersionUID = 1;

  TimeUp() {
    super("time is up");
  }
}
