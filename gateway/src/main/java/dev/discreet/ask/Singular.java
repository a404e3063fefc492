package dev.discreet.ask;

import dev.discreet.config.GatewayConfig;
import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Grant;
import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.ResourcePattern.HostPattern;
import dev.discreet.policy.ResourcePattern.Part;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which recipients may be answered otherwise than anybody even where no grant names them: a pattern
 * asks for the claim that makes them what they are, and its value means something there.
 */
final class Singular {
  /** What is no segment, or could be taken for what a sample shows in place of one. */
  private static final Pattern PECULIAR = Pattern.compile(".*[/{*].*|", Pattern.DOTALL);

  private final Set<String> claimNames = new HashSet<>();
  private final Set<List<String>> asked = new HashSet<>();
  private final Set<String> literals;
  private boolean conditional;
  private boolean hosts;

  /**
   * Reads policies.
   *
   * @param values what variables of templates stand for
   */
  Singular(List<GatewayConfig> policies, Collection<String> values) {
    literals = new HashSet<>(values);
    for (GatewayConfig policy : policies) {
      policy.grants().all().forEach(this::read);
      policy.routes().routes().forEach(route -> read(route.path()));
      policy.routes().routes().forEach(route -> read(route.resource()));
    }
    for (String name : claimNames) {
      asked.add(List.of(name));
      policies.stream()
          .flatMap(policy -> policy.issuers().values().stream())
          .map(issuer -> issuer.claims().get(name))
          .forEach(this::ask);
    }
  }

  private void ask(@Nullable ClaimPath path) {
    if (path != null) {
      asked.add(path.steps());
    }
  }

  private void read(Grant grant) {
    conditional |= grant.when() != null;
    grant.resources().forEach(this::read);
  }

  private void read(ResourcePattern pattern) {
    for (Part part : pattern.segments()) {
      switch (part) {
        case Part.Literal(String text) -> literals.add(text);
        case Part.Claim(String name) -> claimNames.add(name);
        case Part.One _, Part.Named _, Part.Below _ -> {}
      }
    }
    if (pattern.host() instanceof HostPattern.ClaimBelow(String name, _)) {
      claimNames.add(name);
      hosts = true;
    }
  }

  private void read(PathTemplate template) {
    for (Segment segment : template.segments()) {
      if (segment instanceof Segment.Literal(String text)) {
        literals.add(text);
      }
    }
  }

  /** {@return the names of the claims that patterns ask for} */
  Set<String> claimNames() {
    return claimNames;
  }

  /** {@return whether the recipient must be asked by itself about everything} */
  boolean is(Recipient recipient) {
    List<String> own = recipient.claim();
    return asked.stream()
        .anyMatch(path -> path.equals(own) ? means(recipient.value()) : meet(path, own));
  }

  private boolean means(Object value) {
    return conditional
        || hosts
        || !(value instanceof String text)
        || literals.contains(text)
        || PECULIAR.matcher(text).matches();
  }

  /** {@return whether one of the claims is a part of the other} */
  private static boolean meet(List<String> path, List<String> other) {
    int both = Math.min(path.size(), other.size());
    return both > 0 && path.subList(0, both).equals(other.subList(0, both));
  }
}
