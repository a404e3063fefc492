package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.policy.Grant;
import dev.discreet.policy.HeaderChanges;
import dev.discreet.policy.KnownTo;
import dev.discreet.policy.OnUnknown;
import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.Route;
import dev.discreet.policy.Shield;
import dev.discreet.policy.StepUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Over many random routes and patterns: the indexes find what looking at each finds. */
class TemplateIndexTest {
  private static final List<String> TEMPLATE = List.of("a", "b", "{x}", "{y}", "c");
  private static final List<String> PATTERN = List.of("a", "b", "*", "{z}", "{claims.k}", "d");
  private static final List<String> HOSTS = List.of("", "h.x", "g.x", "*.x", "*.y");
  private static final List<String> PATTERN_HOSTS =
      List.of("", "//h.x", "//k.x", "//*.x", "//{claims.k}.y", "//a.b.x");

  private final Random random = new Random(1);

  @Test
  void findsWhatAPlainReadingFinds() {
    int met = 0;
    int missed = 0;
    for (int i = 0; i < 2_000; i++) {
      List<Route> routes = new ArrayList<>();
      for (int j = random.nextInt(5); j >= 0; j--) {
        routes.add(route(pick(HOSTS), TemplateParser.parse(path(TEMPLATE, true))));
      }
      TemplateIndex index = new TemplateIndex(routes);
      for (int j = 0; j < 10; j++) {
        ResourcePattern pattern = PatternParser.parse(pick(PATTERN_HOSTS) + path(PATTERN, false));
        boolean expected =
            routes.stream().anyMatch(route -> PlainOverlap.of(grant(pattern), route));
        PatternIndex<ResourcePattern> patterns = new PatternIndex<>(routes);
        patterns.add(pattern, pattern);
        for (Route route : routes) {
          assertThat(patterns.about(route).isEmpty())
              .as("%s about %s", pattern, route)
              .isNotEqualTo(PlainOverlap.of(grant(pattern), route));
        }
        assertThat(index.meets(pattern)).as("%s in %s", pattern, routes).isEqualTo(expected);
        met += expected ? 1 : 0;
        missed += expected ? 0 : 1;
      }
    }
    assertThat(met).isGreaterThan(1_000);
    assertThat(missed).isGreaterThan(1_000);
  }

  private String path(List<String> segments, boolean once) {
    List<String> left = new ArrayList<>(segments);
    StringBuilder path = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      String segment = pick(left);
      path.append('/').append(segment);
      if (once) {
        left.remove(segment);
      }
    }
    return path.append(pick(List.of("/", "/**", "/a", "/b"))).toString();
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static Grant grant(ResourcePattern pattern) {
    return new Grant(
        "grants.yaml:1",
        Grant.To.Anyone.ANYONE,
        null,
        Grant.Gives.TokenPermissions.TOKEN_PERMISSIONS,
        List.of(pattern),
        null);
  }

  private static Route route(String host, PathTemplate path) {
    return new Route(
        "routes.yaml:1",
        path.text(),
        host.isEmpty() ? null : host,
        path,
        path,
        Map.of(),
        null,
        KnownTo.Nobody.NOBODY,
        StepUp.NONE,
        OnUnknown.CONCEAL,
        null,
        false,
        new Route.Forwarding("api", 0, 0, null, HeaderChanges.NONE, Shield.NONE));
  }
}
