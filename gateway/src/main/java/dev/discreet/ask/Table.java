package dev.discreet.ask;

import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Caller;
import dev.discreet.policy.Existence;
import dev.discreet.policy.Grant;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Routes and methods against callers.
 *
 * @param callers the columns
 * @param lines the rows
 */
public record Table(List<TableCaller> callers, List<Line> lines) {
  public Table {
    callers = List.copyOf(callers);
    lines = List.copyOf(lines);
  }

  /** A method on a sample of a route. */
  record Key(String method, Sample sample) {
    String label() {
      return method + " " + sample.label();
    }
  }

  /**
   * One row.
   *
   * @param method the method
   * @param path the sample
   * @param cells one for each caller
   */
  public record Line(String method, String path, List<Cell> cells) {}

  /**
   * What one caller is answered; both are null where it lacks a claim that the sample needs.
   *
   * @param exists if the resource exists
   * @param absent if it does not
   */
  public record Cell(@Nullable Reply exists, @Nullable Reply absent) {
    /** The text where the caller lacks a claim that the sample needs. */
    static final String NOBODY = "-";

    /** {@return as people read it} */
    public String text() {
      String yes = text(exists);
      String no = text(absent);
      return yes.equals(no) ? yes : yes + " / " + no;
    }

    private static String text(@Nullable Reply reply) {
      if (reply == null) {
        return NOBODY;
      }
      return reply.row().equals("6") ? reply.answer() + " empty" : reply.answer();
    }
  }

  /**
   * {@return the table of a policy}
   *
   * @param values what variables of templates stand for, by name
   */
  public static Table of(Policy policy, List<TableCaller> callers, Map<String, String> values) {
    return of(policy, callers, keys(policy, callers, values));
  }

  /** {@return the table of a policy with these rows, whether it has such routes or not} */
  static Table of(Policy policy, List<TableCaller> callers, List<Key> keys) {
    List<Line> lines = new ArrayList<>();
    for (Key key : keys) {
      lines.add(new Line(key.method(), key.sample().label(), cells(policy, callers, key)));
    }
    return new Table(callers, lines);
  }

  private static List<Cell> cells(Policy policy, List<TableCaller> callers, Key key) {
    return callers.stream().map(column -> cell(policy, column.caller(), key)).toList();
  }

  private static Cell cell(Policy policy, Caller caller, Key key) {
    AccessRequest request = key.sample().request(key.method(), caller);
    if (request == null) {
      return new Cell(null, null);
    }
    Ruling ruling = policy.ask(request, new Who.Known(caller));
    return new Cell(ruling.when(Existence.PRESENT), ruling.when(Existence.ABSENT));
  }

  /** {@return the rows of a policy: of each route the samples that some caller can tell apart} */
  static List<Key> keys(Policy policy, List<TableCaller> callers, Map<String, String> values) {
    Set<ResourcePattern> patterns = new LinkedHashSet<>();
    for (Grant grant : policy.config().grants().all()) {
      patterns.addAll(grant.resources());
    }
    List<Key> keys = new ArrayList<>();
    for (Route route : policy.config().routes().routes()) {
      List<List<List<String>>> told = new ArrayList<>();
      for (Sample sample : Samples.of(route, policy.config().routes(), patterns, values)) {
        List<List<String>> answers = answers(policy, callers, route, sample);
        if (told.isEmpty()
            || (decides(policy, callers, route, sample)
                && told.stream().noneMatch(other -> saysNoMore(answers, other)))) {
          told.add(answers);
          route.methods().keySet().forEach(method -> keys.add(new Key(method, sample)));
        }
      }
    }
    return keys;
  }

  private static boolean decides(
      Policy policy, List<TableCaller> callers, Route route, Sample sample) {
    return callers.stream()
        .map(column -> sample.request("GET", column.caller()))
        .filter(Objects::nonNull)
        .map(request -> policy.config().routes().find(request.host(), request.segments()))
        .anyMatch(route::equals);
  }

  /** {@return what every caller is answered, method by method} */
  private static List<List<String>> answers(
      Policy policy, List<TableCaller> callers, Route route, Sample sample) {
    return route.methods().keySet().stream()
        .map(method -> cells(policy, callers, new Key(method, sample)))
        .map(cells -> cells.stream().map(Cell::text).toList())
        .toList();
  }

  private static boolean saysNoMore(List<List<String>> answers, List<List<String>> other) {
    for (int i = 0; i < answers.size(); i++) {
      for (int j = 0; j < answers.get(i).size(); j++) {
        String answer = answers.get(i).get(j);
        if (!answer.equals(Cell.NOBODY) && !answer.equals(other.get(i).get(j))) {
          return false;
        }
      }
    }
    return true;
  }
}
