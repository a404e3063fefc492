package dev.discreet.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.ask.Table.Cell;
import dev.discreet.config.GatewayConfig;
import dev.discreet.policy.Grant;
import dev.discreet.policy.RandomPolicy;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.Route;
import dev.discreet.testing.ConfigFiles;
import dev.discreet.testing.OtherPolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rows and their cells, against a walk through all patterns that asks every caller. */
class TableRowsTest {
  private static final int POLICIES = 400;

  @Test
  void whatIsLeftUnaskedIsAnsweredTheSame() throws Exception {
    GatewayConfig base = base();
    int more = 0;
    int changes = 0;
    for (int seed = 0; seed < POLICIES; seed++) {
      Policy before = new Policy(random(base, seed));
      Policy after = new Policy(random(base, seed + (seed % 3 == 0 ? POLICIES : 0)));
      List<GatewayConfig> both = List.of(after.config(), before.config());
      Moment moment = Moment.now();
      SampleCallers few = new SampleCallers(both, List.of(), 0);
      SampleCallers all = new SampleCallers(both, List.of(), Integer.MAX_VALUE);
      List<PolicyView> dense = List.of(all.view(after, moment), all.view(before, moment));
      List<PolicyView> views = List.of(few.view(after, moment), few.view(before, moment));
      assertThat(sparse(views)).as("seed " + seed).isEqualTo(naive(dense));
      TableDiff diff = TableDiff.of(views.getLast(), views.getFirst(), Map.of());
      more += diff.changes().stream().mapToInt(TableDiff.Change::more).sum();
      changes += diff.changes().size();
      assertThat(diff.summary().split("[ ;]", -1)[0]).as("seed " + seed).isEqualTo(changed(dense));
    }
    assertThat(more).isGreaterThan(100);
    assertThat(changes).isGreaterThan(1000);
  }

  private static String changed(List<PolicyView> dense) {
    TableDiff diff = TableDiff.of(dense.getLast(), dense.getFirst(), Map.of());
    assertThat(diff.changes()).allMatch(change -> change.more() == 0);
    return Integer.toString(diff.changes().size());
  }

  /** {@return each cell of each row, those of callers who share a column too} */
  private static List<String> sparse(List<PolicyView> views) {
    List<String> lines = new ArrayList<>();
    Columns columns = views.getFirst().columns();
    TableRows.of(
        views,
        Map.of(),
        row -> {
          Set<String> cells = new TreeSet<>();
          for (int column = 0; column < columns.callers().size(); column++) {
            boolean asked = row.cells().getFirst().containsKey(column);
            int whose = asked ? column : columns.standIn(column);
            String texts =
                row.cells().stream().map(some -> some.get(whose)).map(Cell::text).toList() + "";
            TableCaller caller = columns.callers().get(column);
            cells.add(caller.label() + texts);
            caller.alike().forEach(other -> cells.add(other + texts));
          }
          lines.add(row.key() + " " + cells);
        });
    return lines;
  }

  private static List<String> naive(List<PolicyView> views) {
    List<ResourcePattern> patterns =
        views.stream()
            .flatMap(view -> view.policy().config().grants().all().stream())
            .flatMap(grant -> grant.resources().stream())
            .distinct()
            .toList();
    Set<String> lines = new LinkedHashSet<>();
    for (PolicyView view : views) {
      for (Route route : view.routes()) {
        List<List<List<String>>> told = new ArrayList<>();
        for (Sample sample :
            Samples.of(route, view.policy().config().routes(), patterns, Map.of())) {
          List<List<String>> rows =
              route.methods().keySet().stream()
                  .map(method -> answers(views, new TableRows.Key(method, sample)))
                  .toList();
          boolean decides = view.decides(route, sample, views.getFirst().columns().always());
          if (told.isEmpty()
              || (decides && told.stream().noneMatch(other -> saysNoMore(rows, other)))) {
            told.add(rows);
            route
                .methods()
                .keySet()
                .forEach(m -> lines.add(line(views, new TableRows.Key(m, sample))));
          }
        }
      }
    }
    return List.copyOf(lines);
  }

  private static List<String> answers(List<PolicyView> views, TableRows.Key key) {
    return views.stream()
        .flatMap(view -> view.cells(key, view.columns().always()).values().stream())
        .map(Cell::text)
        .toList();
  }

  private static String line(List<PolicyView> views, TableRows.Key key) {
    List<TableCaller> callers = views.getFirst().columns().callers();
    Set<String> cells = new TreeSet<>();
    for (int i = 0; i < callers.size(); i++) {
      int column = i;
      cells.add(
          callers.get(i).label()
              + views.stream()
                  .map(view -> view.cells(key, List.of(column)).get(column))
                  .map(Cell::text)
                  .toList());
    }
    return key + " " + cells;
  }

  private static boolean saysNoMore(List<List<String>> rows, List<List<String>> other) {
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.get(i).size(); j++) {
        String answer = rows.get(i).get(j);
        if (!answer.equals(Cell.NOBODY) && !answer.equals(other.get(i).get(j))) {
          return false;
        }
      }
    }
    return true;
  }

  private static GatewayConfig random(GatewayConfig base, int seed) {
    RandomPolicy world = new RandomPolicy(seed % POLICIES);
    var routes = world.routes();
    List<Grant> grants =
        Stream.of(
                world.grants(), world.grants(), seed < POLICIES ? List.<Grant>of() : world.grants())
            .flatMap(List::stream)
            .map(grant -> seed % 2 == 0 ? grant : unconditional(grant))
            .toList();
    return OtherPolicy.of(base, routes, grants);
  }

  private static Grant unconditional(Grant grant) {
    return new Grant(
        grant.place(), grant.to(), grant.issuers(), grant.gives(), grant.resources(), null);
  }

  private static GatewayConfig base() throws Exception {
    try (ConfigFiles files = new ConfigFiles()) {
      files.write(
          Map.of(
              "gateway.yaml",
              """
              issuers:
                main: {issuer: "https://main.example.com", audiences: [tests], jwks: "https://id.example.com/keys"}
                other: {issuer: "https://other.example.com", audiences: [tests], jwks: "https://id.example.com/keys"}
              upstreams: {api: {url: "http://127.0.0.1:1"}}
              """));
      return files.load();
    }
  }
}
