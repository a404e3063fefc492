package dev.discreet.ask;

import dev.discreet.config.GatewayConfig;
import dev.discreet.config.IssuerConfig;
import dev.discreet.policy.Caller;
import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Claims;
import dev.discreet.policy.Grant;
import dev.discreet.policy.Grant.Gives;
import dev.discreet.policy.Grant.To;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.ResourcePattern.HostPattern;
import dev.discreet.policy.ResourcePattern.Part;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The callers that a policy itself speaks of: nobody, anybody with a token, and whom its grants
 * name. Each has every claim that a pattern asks for, with <code>{claims.NAME}</code> as its value.
 */
public final class SampleCallers {
  private final GatewayConfig config;
  private final List<GatewayConfig> speakers;
  private final Set<String> issuers = new TreeSet<>();
  private final Set<String> claimNames = new HashSet<>();
  private final Map<String, TableCaller> callers = new LinkedHashMap<>();

  private SampleCallers(GatewayConfig config, List<GatewayConfig> speakers) {
    this.config = config;
    this.speakers = speakers;
    speakers.forEach(speaker -> issuers.addAll(speaker.issuers().keySet()));
    grants().flatMap(grant -> grant.resources().stream()).forEach(this::readClaimNames);
  }

  /** {@return the callers that a policy speaks of, the nearest to nobody first} */
  public static List<TableCaller> of(GatewayConfig config) {
    return of(config, List.of(config));
  }

  /**
   * {@return the callers that one of several policies speaks of, in the eyes of one of them}
   *
   * @param config by whose issuers claims are read
   * @param speakers the policies
   */
  static List<TableCaller> of(GatewayConfig config, List<GatewayConfig> speakers) {
    SampleCallers samples = new SampleCallers(config, speakers);
    samples.add(TableCaller.anonymous());
    samples.issuers.forEach(samples::anybody);
    samples
        .grants()
        .forEach(
            grant ->
                samples.issuers.stream()
                    .filter(issuer -> concerns(grant, issuer))
                    .forEach(issuer -> samples.recipient(grant.to(), issuer)));
    return List.copyOf(samples.callers.values());
  }

  private Stream<Grant> grants() {
    return speakers.stream().flatMap(speaker -> speaker.grants().all().stream());
  }

  private static boolean concerns(Grant grant, String issuer) {
    return grant.issuers() == null || grant.issuers().contains(issuer);
  }

  private void readClaimNames(ResourcePattern pattern) {
    for (Part part : pattern.segments()) {
      if (part instanceof Part.Claim(String name)) {
        claimNames.add(name);
      }
    }
    if (pattern.host() instanceof HostPattern.ClaimBelow(String name, _)) {
      claimNames.add(name);
    }
  }

  private void add(TableCaller caller) {
    callers.putIfAbsent(caller.label(), caller);
  }

  private void anybody(String issuer) {
    add(caller("any token", issuer, new Draft()));
    boolean scopesCount =
        grants()
            .anyMatch(
                grant ->
                    grant.gives() instanceof Gives.TokenPermissions && concerns(grant, issuer));
    if (scopesCount) {
      Draft draft = new Draft();
      speakers.stream()
          .flatMap(speaker -> speaker.routes().routes().stream())
          .flatMap(route -> route.methods().values().stream())
          .forEach(requirement -> draft.permissions.addAll(named(requirement)));
      add(caller("every scope", issuer, draft));
    }
  }

  private static List<String> named(Requirement requirement) {
    return switch (requirement) {
      case Requirement.AllOf(List<String> some) -> some;
      case Requirement.AnyOf(List<String> some) -> some;
      case Requirement.Public none -> List.of();
      case Requirement.Authenticated none -> List.of();
    };
  }

  private void recipient(To to, String issuer) {
    switch (to) {
      case To.Anyone anyone -> {}
      case To.AnyAuthenticated any -> {}
      case To.Subjects(Set<String> subjects) ->
          new TreeSet<>(subjects).forEach(subject -> subject(subject, issuer));
      case To.Groups(Set<String> groups) ->
          new TreeSet<>(groups).forEach(group -> member(group, issuer));
      case To.Claimants(ClaimPath claim, Set<Object> values) ->
          values.stream()
              .sorted(Comparator.comparing(Object::toString))
              .forEach(value -> claimant(claim, value, issuer));
    }
  }

  private void subject(String subject, String issuer) {
    Draft draft = new Draft();
    draft.subject = subject;
    add(caller(Words.of(new To.Subjects(Set.of(subject))), issuer, draft));
  }

  private void member(String group, String issuer) {
    Draft draft = new Draft();
    draft.groups.add(group);
    add(caller(Words.of(new To.Groups(Set.of(group))), issuer, draft));
  }

  private void claimant(ClaimPath claim, Object value, String issuer) {
    Draft draft = new Draft();
    put(draft.claims, claim, value);
    add(caller(Words.of(new To.Claimants(claim, Set.of(value))), issuer, draft));
  }

  /** What is known of a caller so far. */
  private static final class Draft {
    String subject = "{claims.sub}";
    final Set<String> permissions = new LinkedHashSet<>();
    final Set<String> groups = new LinkedHashSet<>();
    final Map<String, Object> claims = new HashMap<>();
  }

  private TableCaller caller(String label, String issuer, Draft draft) {
    IssuerConfig known = config.issuers().get(issuer);
    Map<String, ClaimPath> names = known == null ? Map.of() : known.claims();
    for (String name : claimNames) {
      ClaimPath path = names.getOrDefault(name, new ClaimPath(name, List.of(name)));
      put(draft.claims, path, "{claims." + name + "}");
    }
    draft.claims.put("sub", draft.subject);
    String shown = issuers.size() > 1 ? label + " of " + issuer : label;
    return new TableCaller(
        shown,
        new Caller.Authenticated(
            issuer,
            draft.subject,
            draft.permissions,
            draft.groups,
            new Claims(draft.claims, names)));
  }

  @SuppressWarnings("unchecked") // what is there was put there as such a map
  private static void put(Map<String, Object> claims, ClaimPath path, Object value) {
    Map<String, Object> at = claims;
    List<String> steps = path.steps();
    for (String step : steps.subList(0, steps.size() - 1)) {
      Object child = at.computeIfAbsent(step, _ -> new HashMap<String, Object>());
      if (!(child instanceof Map<?, ?>)) {
        return;
      }
      at = (Map<String, Object>) child;
    }
    at.putIfAbsent(steps.getLast(), value);
  }
}
