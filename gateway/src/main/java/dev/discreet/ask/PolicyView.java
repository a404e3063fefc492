package dev.discreet.ask;

import dev.discreet.ask.Table.Cell;
import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Caller;
import dev.discreet.policy.Existence;
import dev.discreet.policy.Route;
import java.util.List;
import java.util.Objects;

/**
 * A policy in the eyes of some callers.
 *
 * @param policy the policy
 * @param callers the columns of its table
 * @param moment whence and when they ask
 */
public record PolicyView(Policy policy, List<TableCaller> callers, Moment moment) {
  public PolicyView {
    callers = List.copyOf(callers);
  }

  /** {@return the routes of the policy} */
  List<Route> routes() {
    return policy.config().routes().routes();
  }

  /** {@return what each caller is answered} */
  List<Cell> cells(TableRows.Key key) {
    return callers.stream().map(column -> cell(column.caller(), key)).toList();
  }

  private Cell cell(Caller caller, TableRows.Key key) {
    AccessRequest request = key.sample().request(key.method(), caller, moment);
    if (request == null) {
      return Cell.UNASKED;
    }
    Cell cell = cell(policy.ask(request, new Who.Known(caller)));
    return policy.conditional()
        ? cell.beside(
            cell(policy.askIfConditionsHeld(request, caller)),
            cell(policy.askIfNoneHeld(request, caller)))
        : cell;
  }

  private static Cell cell(Ruling ruling) {
    return Cell.of(ruling.when(Existence.PRESENT), ruling.when(Existence.ABSENT));
  }

  /** {@return whether it is this route that decides for one of the callers at least} */
  boolean decides(Route route, Sample sample) {
    return callers.stream()
        .map(column -> sample.request("GET", column.caller(), moment))
        .filter(Objects::nonNull)
        .map(request -> policy.config().routes().find(request.host(), request.segments()))
        .anyMatch(route::equals);
  }
}
