package dev.discreet.ask;

import dev.discreet.ask.Table.Cell;
import dev.discreet.config.PatternIndex;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.Route;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The rows of a table: of each route the samples that some caller can tell apart. Where policies
 * are compared, two samples are apart if they are so in one of them.
 */
final class TableRows {
  /** A method on a sample of a route. */
  record Key(String method, Sample sample) {}

  /**
   * A row.
   *
   * @param observed whether its route only observes
   * @param cells for each policy the answers to those who were asked by themselves, by column
   */
  record Row(Key key, boolean observed, List<SortedMap<Integer, Cell>> cells) {}

  private final List<PolicyView> views;
  private final Map<String, String> values;
  private final Consumer<Row> reader;
  private final List<ResourcePattern> patterns;
  private final PatternIndex<Integer> byRoute;
  private final Set<Key> keys = new HashSet<>();

  private TableRows(List<PolicyView> views, Map<String, String> values, Consumer<Row> reader) {
    this.views = views;
    this.values = values;
    this.reader = reader;
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
   * Makes the rows, in the order of routes; what is public whatever they say comes first.
   *
   * @param views policies with the same columns
   * @param values what variables of templates stand for, by name
   * @param reader is given each row
   */
  static void of(List<PolicyView> views, Map<String, String> values, Consumer<Row> reader) {
    TableRows rows = new TableRows(views, values, reader);
    views.forEach(rows::addDocument);
    for (PolicyView view : views) {
      view.routes().forEach(route -> rows.add(view, route));
    }
  }

  private void addDocument(PolicyView view) {
    List<String> path = view.policy().document();
    if (path != null) {
      Sample sample = Sample.plain(path);
      Row row = row(new Key("GET", sample), false, asked(sample));
      if (keys.add(row.key())) {
        reader.accept(row);
      }
    }
  }

  private SortedSet<Integer> asked(Sample sample) {
    SortedSet<Integer> asked = new TreeSet<>();
    views.forEach(view -> asked.addAll(view.asked(sample)));
    return asked;
  }

  private void add(PolicyView view, Route route) {
    Told told = new Told(view.columns());
    for (Sample sample : samples(view, route)) {
      SortedSet<Integer> asked = asked(sample);
      List<Row> rows =
          route.methods().keySet().stream()
              .map(method -> row(new Key(method, sample), route.observes(), asked))
              .toList();
      if (told.tellsMore(rows) && (told.isEmpty() || view.decides(route, sample, asked))) {
        told.add(rows);
        rows.stream().filter(row -> keys.add(row.key())).forEach(reader);
      }
    }
  }

  private List<Sample> samples(PolicyView view, Route route) {
    List<ResourcePattern> about =
        byRoute.about(route).stream().sorted().map(patterns::get).toList();
    return Samples.of(route, view.policy().config().routes(), about, values);
  }

  private Row row(Key key, boolean observed, Set<Integer> asked) {
    return new Row(key, observed, views.stream().map(view -> view.cells(key, asked)).toList());
  }
}
