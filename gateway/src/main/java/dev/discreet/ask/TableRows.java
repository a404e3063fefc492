package dev.discreet.ask;

import dev.discreet.ask.Table.Cell;
import dev.discreet.config.PatternIndex;
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
  private final List<ResourcePattern> patterns;
  private final PatternIndex<Integer> byRoute;
  private final Set<Key> keys = new LinkedHashSet<>();

  private TableRows(List<PolicyView> views, Map<String, String> values) {
    this.views = views;
    this.values = values;
    patterns =
        views.stream()
            .flatMap(view -> view.policy().config().grants().all().stream())
            .flatMap(grant -> grant.resources().stream())
            .distinct()
            .toList();
    byRoute = new PatternIndex<>(views.stream().flatMap(view -> view.routes().stream()).toList());
    for (int i = 0; i < patterns.size(); i++) {
      byRoute.add(patterns.get(i), i);
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
      view.routes().forEach(route -> rows.add(view, route));
    }
    return List.copyOf(rows.keys);
  }

  private void add(PolicyView view, Route route) {
    Set<String> methods = route.methods().keySet();
    Told told = new Told();
    for (Sample sample : samples(view, route)) {
      List<String> answers = answers(methods, sample);
      if (told.isEmpty() || (told.hasNot(answers) && view.decides(route, sample))) {
        told.add(answers);
        methods.forEach(method -> keys.add(new Key(method, sample)));
      }
    }
  }

  private List<Sample> samples(PolicyView view, Route route) {
    List<ResourcePattern> about =
        byRoute.about(route).stream().sorted().map(patterns::get).toList();
    return Samples.of(route, view.policy().config().routes(), about, values);
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
}
