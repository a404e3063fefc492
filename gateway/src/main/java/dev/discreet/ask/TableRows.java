package dev.discreet.ask;

import dev.discreet.ask.Table.Cell;
import dev.discreet.policy.Grant;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of a table: of each route the samples that some caller can tell apart. Where policies
 * are compared, two samples are apart if they are so in one of them.
 */
final class TableRows {
  /** A method on a sample of a route. */
  record Key(String method, Sample sample) {}

  private final List<PolicyView> views;
  private final Map<String, String> values;
  private final Set<ResourcePattern> patterns = new LinkedHashSet<>();
  private final Set<Key> keys = new LinkedHashSet<>();

  private TableRows(List<PolicyView> views, Map<String, String> values) {
    this.views = views;
    this.values = values;
    for (PolicyView view : views) {
      for (Grant grant : view.policy().config().grants().all()) {
        patterns.addAll(grant.resources());
      }
    }
  }

  /**
   * {@return the rows, in the order of routes}
   *
   * @param values what variables of templates stand for, by name
   */
  static List<Key> of(List<PolicyView> views, Map<String, String> values) {
    TableRows rows = new TableRows(views, values);
    for (PolicyView view : views) {
      view.policy().config().routes().routes().forEach(route -> rows.add(view, route));
    }
    return List.copyOf(rows.keys);
  }

  private void add(PolicyView view, Route route) {
    Set<String> methods = route.methods().keySet();
    List<List<String>> told = new ArrayList<>();
    for (Sample sample : Samples.of(route, view.policy().config().routes(), patterns, values)) {
      List<String> answers = answers(methods, sample);
      boolean tells =
          told.isEmpty()
              || (view.decides(route, sample)
                  && told.stream().noneMatch(other -> saysNoMore(answers, other)));
      if (tells) {
        told.add(answers);
        methods.forEach(method -> keys.add(new Key(method, sample)));
      }
    }
  }

  /** {@return what every caller of every policy is answered, method by method} */
  private List<String> answers(Set<String> methods, Sample sample) {
    List<String> answers = new ArrayList<>();
    for (String method : methods) {
      for (PolicyView view : views) {
        view.cells(new Key(method, sample)).stream().map(Cell::text).forEach(answers::add);
      }
    }
    return answers;
  }

  private static boolean saysNoMore(List<String> answers, List<String> other) {
    for (int i = 0; i < answers.size(); i++) {
      if (!answers.get(i).equals(Cell.NOBODY) && !answers.get(i).equals(other.get(i))) {
        return false;
      }
    }
    return true;
  }
}
