package dev.discreet.upstream;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A deadline that is moved often and seldom met: moving it is a field's write, and a task is
 * planned anew only where it fires too early. On one event loop.
 */
public final class LazyTimer {
  private static final long NEVER = Long.MAX_VALUE;

  private final EventExecutor loop;
  private final Runnable action;
  private long deadline = NEVER;
  private long planned = NEVER;
  private @Nullable Future<?> task;
  private boolean cancelled;

  /** Runs {@code action} on {@code loop} when a deadline passes. */
  public LazyTimer(EventExecutor loop, Runnable action) {
    this.loop = loop;
    this.action = action;
  }

  /** Sets the deadline, in place of the one before; zero is no deadline. */
  public void arm(Duration after) {
    if (after.isZero() || cancelled) {
      disarm();
      return;
    }
    deadline = System.nanoTime() + after.toNanos();
    if (task == null || deadline - planned < 0) {
      plan(after.toNanos());
    }
  }

  /** Takes the deadline away. */
  public void disarm() {
    deadline = NEVER;
  }

  /**
   * Takes it away for good, with its task: what arms it in the midst of an end would keep all that
   * the action knows for as long again.
   */
  public void cancel() {
    cancelled = true;
    disarm();
    if (task != null) {
      task.cancel(false);
      task = null;
    }
  }

  private void plan(long nanos) {
    if (task != null) {
      task.cancel(false);
    }
    planned = System.nanoTime() + nanos;
    task = loop.schedule(this::fire, nanos, TimeUnit.NANOSECONDS);
  }

  private void fire() {
    task = null;
    if (deadline == NEVER) {
      return;
    }
    long left = deadline - System.nanoTime();
    if (left > 0) {
      plan(left);
    } else {
      deadline = NEVER;
      action.run();
    }
  }
}
