package dev.discreet.ask;

import dev.discreet.ask.Table.Cell;
import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Caller;
import dev.discreet.policy.Existence;
import dev.discreet.policy.Grant;
import dev.discreet.policy.GrantsByResource;
import dev.discreet.policy.Route;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A policy in the eyes of some callers. */
public final class PolicyView {
  private final Policy policy;
  private final Columns columns;
  private final Moment moment;
  private final GrantsByResource grants;
  private final IdentityHashMap<Grant, Set<Integer>> concerned = new IdentityHashMap<>();

  /**
   * Looks at a policy.
   *
   * @param callers the columns of its table
   * @param moment whence and when they ask
   */
  public PolicyView(Policy policy, List<TableCaller> callers, Moment moment) {
    this(policy, Columns.of(callers), moment);
  }

  PolicyView(Policy policy, Columns columns, Moment moment) {
    this.policy = policy;
    this.columns = columns;
    this.moment = moment;
    grants = new GrantsByResource(policy.config().grants().all());
  }

  Policy policy() {
    return policy;
  }

  Columns columns() {
    return columns;
  }

  /** {@return how many callers it has, those that share a column counted each} */
  public long size() {
    return columns.size();
  }

  /** {@return the routes of the policy} */
  List<Route> routes() {
    return policy.config().routes().routes();
  }

  private Caller caller(int column) {
    return columns.callers().get(column).caller();
  }

  /** {@return the columns that must be asked by themselves about the sample} */
  SortedSet<Integer> asked(Sample sample) {
    SortedSet<Integer> asked = new TreeSet<>(columns.always());
    for (int column : columns.standIns()) {
      for (Grant grant : covering(sample, caller(column))) {
        asked.addAll(concerned.computeIfAbsent(grant, columns::concernedBy));
      }
    }
    return asked;
  }

  private List<Grant> covering(Sample sample, Caller caller) {
    AccessRequest request = sample.request("GET", caller, moment);
    if (request == null || !(caller instanceof Caller.Authenticated known)) {
      return List.of();
    }
    Route route = route(request);
    return route == null ? List.of() : grants.covering(route, request, known.claims());
  }

  private @Nullable Route route(AccessRequest request) {
    return policy.config().routes().find(request.host(), request.segments());
  }

  /** {@return what these are answered, by column} */
  SortedMap<Integer, Cell> cells(TableRows.Key key, Collection<Integer> asked) {
    SortedMap<Integer, Cell> cells = new TreeMap<>();
    asked.forEach(column -> cells.put(column, cell(caller(column), key)));
    return cells;
  }

  private Cell cell(Caller caller, TableRows.Key key) {
    AccessRequest request = key.sample().request(key.method(), caller, moment);
    if (request == null) {
      return Cell.UNASKED;
    }
    Reply document = policy.document(request);
    if (document != null) {
      return Cell.of(document, document);
    }
    Cell cell = cell(request, caller, policy::ask);
    return policy.conditional()
        ? cell.beside(
            cell(request, caller, policy::askIfConditionsHeld),
            cell(request, caller, policy::askIfNoneHeld))
        : cell;
  }

  private Cell cell(
      AccessRequest request, Caller caller, BiFunction<AccessRequest, Caller, Ruling> ask) {
    Cell cell = cell(ask.apply(request, caller));
    Caller strong = policy.steppedUp(request, caller);
    return strong.equals(caller) ? cell : cell.before(cell(ask.apply(request, strong)));
  }

  private static Cell cell(Ruling ruling) {
    return Cell.of(ruling.when(Existence.PRESENT), ruling.when(Existence.ABSENT));
  }

  /** {@return whether it is this route that decides for one of these at least} */
  boolean decides(Route route, Sample sample, Collection<Integer> asked) {
    return asked.stream()
        .map(column -> sample.request("GET", caller(column), moment))
        .filter(Objects::nonNull)
        .map(this::route)
        .anyMatch(route::equals);
  }
}
