package dev.discreet.upstream;

import org.jspecify.annotations.Nullable;

/** Whether something failed for want of memory of the gateway's own, heap or direct. */
public final class OutOfMemory {
  /** What the log says of it. */
  public static final String WORDS = "the gateway is out of memory";

  private OutOfMemory() {}

  /** {@return whether that is at the bottom of it: codecs wrap what they fail with} */
  public static boolean isCauseOf(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }
}
