package dev.discreet.ask;

import dev.discreet.config.GatewayConfig;
import dev.discreet.policy.Condition;
import dev.discreet.policy.Grant;
import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change of policy changes that no cell of a table shows: conditions, whose truth depends on
 * who asks and when; how a caller must have authenticated; whether a route enforces what it
 * decides; and what a failed probe means.
 */
final class Notices {
  private final List<Notice> found = new ArrayList<>();

  private Notices() {}

  /** {@return the changes, those of routes first} */
  static List<Notice> between(GatewayConfig before, GatewayConfig after) {
    Notices notices = new Notices();
    notices.routes(before.routes().routes(), after.routes().routes());
    notices.grants(before.grants().all(), after.grants().all());
    return List.copyOf(notices.found);
  }

  /** What makes two routes the same one. */
  private record Matches(@Nullable String host, PathTemplate path) {
    static Matches of(Route route) {
      return new Matches(route.host(), route.path());
    }
  }

  private void routes(List<Route> before, List<Route> after) {
    Map<Matches, Route> old = new LinkedHashMap<>();
    before.forEach(route -> old.put(Matches.of(route), route));
    for (Route is : after) {
      Route was = old.get(Matches.of(is));
      if (is.observes() && (was == null || !was.observes())) {
        add(is, "now only observes: what is refused here is forwarded");
      }
      if (was == null) {
        continue;
      }
      if (was.observes() && !is.observes()) {
        add(is, "now enforces what it only observed");
      }
      if (was.onUnknown() != is.onUnknown() && !is.collection()) {
        add(is, "probe.onFailure: " + name(was) + " -> " + name(is));
      }
      if (!was.stepUp().equals(is.stepUp())) {
        add(is, "asks of the authentication: " + asked(was) + " -> " + asked(is));
      }
    }
  }

  private static String asked(Route route) {
    String asked = Words.of(route.stepUp());
    return asked.isEmpty() ? "nothing" : asked;
  }

  private static String name(Route route) {
    return route.onUnknown().name().toLowerCase(Locale.ROOT);
  }

  private void add(Route route, String text) {
    String host = route.host() == null ? "" : "//" + route.host();
    found.add(new Notice(route.place(), "route " + host + route.path() + ": " + text));
  }

  private void grants(List<Grant> before, List<Grant> after) {
    Map<Grant, List<Grant>> old = alike(before);
    Map<Grant, List<Grant>> now = alike(after);
    Set<Grant> both = new LinkedHashSet<>(now.keySet());
    both.addAll(old.keySet());
    for (Grant grant : both) {
      conditions(
          new ArrayList<>(old.getOrDefault(grant, List.of())),
          new ArrayList<>(now.getOrDefault(grant, List.of())));
    }
  }

  /** {@return the grants, by all that they say beside their condition} */
  private static Map<Grant, List<Grant>> alike(List<Grant> grants) {
    Map<Grant, List<Grant>> alike = new LinkedHashMap<>();
    for (Grant grant : grants) {
      Grant rest =
          new Grant("", grant.to(), grant.issuers(), grant.gives(), grant.resources(), null);
      alike.computeIfAbsent(rest, _ -> new ArrayList<>()).add(grant);
    }
    return alike;
  }

  /** Of grants that say the same otherwise. */
  private void conditions(List<Grant> was, List<Grant> is) {
    for (Grant grant : List.copyOf(was)) {
      is.stream()
          .filter(other -> condition(other).equals(condition(grant)))
          .findFirst()
          .ifPresent(
              same -> {
                was.remove(grant);
                is.remove(same);
              });
    }
    int pairs = Math.min(was.size(), is.size());
    for (int i = 0; i < pairs; i++) {
      add(is.get(i), "when: " + condition(was.get(i)) + " -> " + condition(is.get(i)));
    }
    is.stream()
        .skip(pairs)
        .filter(grant -> grant.when() != null)
        .forEach(grant -> add(grant, "added, when: " + condition(grant)));
    was.stream()
        .skip(pairs)
        .filter(grant -> grant.when() != null)
        .forEach(grant -> add(grant, "removed, when: " + condition(grant)));
  }

  private static String condition(Grant grant) {
    Condition when = grant.when();
    return when == null ? "always" : when.toString().strip();
  }

  private void add(Grant grant, String text) {
    found.add(new Notice(grant.place(), "grant to " + Words.of(grant.to()) + ": " + text));
  }
}
