package dev.discreet.ask;

import dev.discreet.config.GatewayConfig;
import dev.discreet.policy.Condition;
import dev.discreet.policy.Grant;
import dev.discreet.policy.Grant.Gives;
import dev.discreet.policy.Grant.To;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.ResourcePattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The callers that policies speak of: nobody, anybody with a token, and whom grants name. Where
 * they are many, those to whom the same is granted share a column.
 */
public final class SampleCallers {
  /** So many columns a person can look at. */
  public static final int FEW = 12;

  /** What a grant of one of the policies says, whomever it is to. */
  private record Said(int policy, Gives gives, List<ResourcePattern> resources, String when) {}

  /** What makes recipients share a column. */
  private record Alike(String issuer, Recipient.Kind kind, List<String> claim, Set<Said> granted) {}

  /** Who is not named. */
  private record Anybody(String label, String issuer, Set<String> permissions) {}

  private final List<GatewayConfig> policies;
  private final Singular singular;
  private final int few;
  private final Set<String> issuers = new TreeSet<>();
  private final Map<Recipient, Set<Said>> granted = new LinkedHashMap<>();
  private final Map<Recipient, String> labels = new HashMap<>();
  private final Set<Said> reading = new HashSet<>();
  private final List<Anybody> anybody;
  private boolean allAreRead;

  /**
   * Reads policies.
   *
   * @param values what variables of templates stand for
   */
  public SampleCallers(List<GatewayConfig> policies, Collection<String> values) {
    this(policies, values, FEW);
  }

  /** Reads policies; up to {@code few} callers have a column each. */
  SampleCallers(List<GatewayConfig> policies, Collection<String> values, int few) {
    this.policies = List.copyOf(policies);
    this.few = few;
    singular = new Singular(policies, values);
    policies.forEach(policy -> issuers.addAll(policy.issuers().keySet()));
    for (int i = 0; i < policies.size(); i++) {
      for (Grant grant : policies.get(i).grants().all()) {
        read(i, grant);
      }
    }
    granted.forEach(
        (recipient, own) -> granted.getOrDefault(recipient.otherwise(), own).addAll(own));
    anybody = anybody();
    Set<String> taken = new HashSet<>();
    granted.keySet().forEach(recipient -> labels.put(recipient, label(recipient, taken)));
  }

  private void read(int policy, Grant grant) {
    Condition when = grant.when();
    Said said = new Said(policy, grant.gives(), grant.resources(), String.valueOf(when));
    if (when != null && when.readsCaller()) {
      reading.add(said);
      allAreRead |= grant.to() instanceof To.Anyone || grant.to() instanceof To.AnyAuthenticated;
    }
    for (String issuer : issuers) {
      for (Recipient recipient : Recipient.of(grant, issuer)) {
        granted.computeIfAbsent(recipient, _ -> new LinkedHashSet<>()).add(said);
      }
    }
  }

  private String label(Recipient recipient, Set<String> taken) {
    String label = of(recipient.issuer(), recipient.label());
    String free = label;
    for (int i = 2; !taken.add(free); i++) {
      free = "%s (%d)".formatted(label, i);
    }
    return free;
  }

  private String of(String issuer, String label) {
    return issuers.size() > 1 ? label + " of " + issuer : label;
  }

  /** {@return how many callers the policies speak of} */
  public int size() {
    return 1 + anybody.size() + granted.size();
  }

  /** {@return a column for each, or for each that is answered otherwise} */
  PolicyView view(Policy policy, Moment moment) {
    return view(policy, Integer.MAX_VALUE, moment);
  }

  /**
   * {@return the policy in the eyes of these callers}
   *
   * @param most how many columns there may be: of the callers to whom the same permissions are
   *     given, some at least
   * @param moment whence and when they ask
   */
  public PolicyView view(Policy policy, int most, Moment moment) {
    SampleDrafts drafts = new SampleDrafts(policy.config(), singular.claimNames());
    List<TableCaller> callers = new ArrayList<>(List.of(TableCaller.anonymous()));
    Map<String, Integer> standIns = new HashMap<>();
    for (Anybody any : anybody) {
      standIns.putIfAbsent(any.issuer(), callers.size());
      callers.add(
          new TableCaller(
              of(any.issuer(), any.label()), drafts.anybody(any.issuer(), any.permissions())));
    }
    Map<Recipient, Integer> waiting = new HashMap<>();
    for (List<Recipient> column : chosen(Math.max(0, most - callers.size()))) {
      if (size() > few && !singular.is(column.getFirst())) {
        column.forEach(recipient -> waiting.put(recipient, callers.size()));
      }
      List<String> names = column.stream().map(labels::get).toList();
      callers.add(
          new TableCaller(
              names.getFirst(), drafts.of(column.getFirst()), names.subList(1, names.size())));
    }
    return new PolicyView(policy, new Columns(callers, waiting, standIns), moment);
  }

  private List<Anybody> anybody() {
    List<Anybody> all = new ArrayList<>();
    for (String issuer : issuers) {
      all.add(new Anybody("any token", issuer, Set.of()));
      if (grants().anyMatch(grant -> givesWhatIsCarried(grant, issuer))) {
        all.add(new Anybody("every scope", issuer, asked()));
      }
    }
    return all;
  }

  private Stream<Grant> grants() {
    return policies.stream().flatMap(policy -> policy.grants().all().stream());
  }

  private static boolean givesWhatIsCarried(Grant grant, String issuer) {
    return grant.gives() instanceof Gives.TokenPermissions
        && (grant.issuers() == null || grant.issuers().contains(issuer));
  }

  private Set<String> asked() {
    Set<String> permissions = new LinkedHashSet<>();
    policies.stream()
        .flatMap(policy -> policy.routes().routes().stream())
        .flatMap(route -> route.methods().values().stream())
        .forEach(requirement -> permissions.addAll(named(requirement)));
    return permissions;
  }

  private static List<String> named(Requirement requirement) {
    return switch (requirement) {
      case Requirement.AllOf(List<String> some) -> some;
      case Requirement.AnyOf(List<String> some) -> some;
      case Requirement.Public none -> List.of();
      case Requirement.Authenticated none -> List.of();
    };
  }

  /** Of those to whom the same permissions are given, somewhere, one goes before a second. */
  private List<List<Recipient>> chosen(int most) {
    List<List<Recipient>> all = columns();
    if (all.size() <= most) {
      return all;
    }
    Set<Set<Gives>> kinds = new HashSet<>();
    TreeSet<Integer> chosen = new TreeSet<>();
    for (int i = 0; i < all.size() && chosen.size() < most; i++) {
      if (kinds.add(gives(all.get(i).getFirst()))) {
        chosen.add(i);
      }
    }
    for (int i = 0; chosen.size() < most; i++) {
      chosen.add(i);
    }
    return chosen.stream().map(all::get).toList();
  }

  private Set<Gives> gives(Recipient recipient) {
    return granted.getOrDefault(recipient, Set.of()).stream()
        .map(Said::gives)
        .collect(Collectors.toSet());
  }

  private List<List<Recipient>> columns() {
    Map<Object, List<Recipient>> columns = new LinkedHashMap<>();
    granted.forEach(
        (recipient, own) -> {
          Object key = size() > few && mayShare(recipient, own) ? alike(recipient, own) : recipient;
          columns.computeIfAbsent(key, _ -> new ArrayList<>()).add(recipient);
        });
    return List.copyOf(columns.values());
  }

  private boolean mayShare(Recipient recipient, Set<Said> own) {
    return !allAreRead && !singular.is(recipient) && Collections.disjoint(reading, own);
  }

  private static Alike alike(Recipient recipient, Set<Said> own) {
    return new Alike(recipient.issuer(), recipient.kind(), recipient.claim(), own);
  }
}
