package dev.discreet.ask;

import dev.discreet.policy.Caller;

/**
 * A column of a table.
 *
 * @param label as people read it
 * @param caller who calls
 */
public record TableCaller(String label, Caller caller) {
  /** {@return the column of those who are not known} */
  public static TableCaller anonymous() {
    return new TableCaller("anonymous", Caller.Anonymous.ANONYMOUS);
  }
}
