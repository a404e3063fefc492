package dev.discreet.ask;

import dev.discreet.policy.Caller;
import dev.discreet.policy.Grant;
import dev.discreet.policy.Grant.To;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns of a table, and which of them must be asked by themselves. Of a policy that names
 * many callers, most are concerned by few of its grants: where none names a caller it is answered
 * as anybody with a token of its issuer.
 */
final class Columns {
  private final List<TableCaller> callers;
  private final Map<Recipient, Integer> waiting;
  private final Map<String, Integer> anybody;
  private final NavigableSet<Integer> always = new TreeSet<>();
  private final Map<Integer, Integer> sizes = new HashMap<>();

  /**
   * Holds the columns.
   *
   * @param waiting those that are asked only where a grant concerns them, by whom they stand for
   * @param anybody who answers for them elsewhere, by issuer
   */
  Columns(
      List<TableCaller> callers, Map<Recipient, Integer> waiting, Map<String, Integer> anybody) {
    this.callers = List.copyOf(callers);
    this.waiting = Map.copyOf(waiting);
    this.anybody = Map.copyOf(anybody);
    Set<Integer> some = new HashSet<>(waiting.values());
    for (int column = 0; column < callers.size(); column++) {
      if (some.contains(column)) {
        sizes.merge(standIn(column), callers.get(column).size(), Integer::sum);
      } else {
        always.add(column);
      }
    }
  }

  /** {@return columns that are all asked by themselves} */
  static Columns of(List<TableCaller> callers) {
    return new Columns(callers, Map.of(), Map.of());
  }

  List<TableCaller> callers() {
    return callers;
  }

  /** {@return how many callers there are, those that share a column counted each} */
  long size() {
    return callers.stream().mapToLong(TableCaller::size).sum();
  }

  /** {@return the columns that are asked about everything} */
  NavigableSet<Integer> always() {
    return always;
  }

  /** {@return who answers for others, one for each issuer} */
  Set<Integer> standIns() {
    return sizes.keySet();
  }

  /** {@return whose answer a column has where it is not asked itself} */
  int standIn(int column) {
    return callers.get(column).caller() instanceof Caller.Authenticated known
        ? anybody.getOrDefault(known.issuer(), column)
        : column;
  }

  /** {@return the columns, beside those always asked, that the grant can tell from others} */
  Set<Integer> concernedBy(Grant grant) {
    boolean toAll = grant.to() instanceof To.Anyone || grant.to() instanceof To.AnyAuthenticated;
    if (toAll) {
      boolean tells = grant.when() != null && grant.when().readsCaller();
      return tells ? Set.copyOf(waiting.values()) : Set.of();
    }
    Set<Integer> found = new HashSet<>();
    for (String issuer : anybody.keySet()) {
      for (Recipient recipient : Recipient.of(grant, issuer)) {
        found.add(waiting.getOrDefault(recipient, -1));
        found.add(waiting.getOrDefault(recipient.otherwise(), -1));
      }
    }
    found.remove(-1);
    return found;
  }

  /** {@return how many callers each stand-in answers for where {@code asked} are asked} */
  Map<Integer, Integer> answeredFor(Set<Integer> asked) {
    Map<Integer, Integer> left = new HashMap<>(sizes);
    for (int column : asked) {
      if (!always.contains(column)) {
        left.merge(standIn(column), -callers.get(column).size(), Integer::sum);
      }
    }
    return left;
  }
}
