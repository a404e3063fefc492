package dev.discreet.ask;

import dev.discreet.policy.Caller;
import java.util.List;

/**
 * A column of a table.
 *
 * @param label as people read it
 * @param caller who calls
 * @param alike others who are answered the same in every row, and share the column
 */
public record TableCaller(String label, Caller caller, List<String> alike) {
  public TableCaller {
    alike = List.copyOf(alike);
  }

  /** A column for one caller. */
  public TableCaller(String label, Caller caller) {
    this(label, caller, List.of());
  }

  /** {@return the column of those who are not known} */
  public static TableCaller anonymous() {
    return new TableCaller("anonymous", Caller.Anonymous.ANONYMOUS);
  }

  /** {@return how many callers it stands for} */
  int size() {
    return 1 + alike.size();
  }

  /** {@return the label, and how many share the column} */
  String title() {
    return title(label, alike.size());
  }

  /** {@return a caller and how many are answered the same} */
  static String title(String label, int more) {
    return more == 0 ? label : "%s + %d more".formatted(label, more);
  }
}
