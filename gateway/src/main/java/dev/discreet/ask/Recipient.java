package dev.discreet.ask;

import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Grant;
import dev.discreet.policy.Grant.To;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One of those whom grants name: a subject, the members of a group, or who has a claim.
 *
 * @param issuer by name
 * @param kind of name
 * @param claim where the claim stands; empty for a group
 * @param value the subject, the group or the claim's value
 */
record Recipient(String issuer, Kind kind, List<String> claim, Object value) {
  private static final List<String> SUBJECT = List.of("sub");

  /** By what a recipient is named. */
  enum Kind {
    SUBJECT,
    GROUP,
    CLAIM
  }

  /** {@return whom the grant names, of those who have a token of the issuer} */
  static List<Recipient> of(Grant grant, String issuer) {
    if (grant.issuers() != null && !grant.issuers().contains(issuer)) {
      return List.of();
    }
    Stream<Recipient> named =
        switch (grant.to()) {
          case To.Anyone _, To.AnyAuthenticated _ -> Stream.of();
          case To.Subjects(Set<String> subjects) ->
              new TreeSet<>(subjects)
                  .stream().map(one -> new Recipient(issuer, Kind.SUBJECT, SUBJECT, one));
          case To.Groups(Set<String> groups) ->
              new TreeSet<>(groups)
                  .stream().map(one -> new Recipient(issuer, Kind.GROUP, List.of(), one));
          case To.Claimants(ClaimPath claim, Set<Object> values) ->
              values.stream()
                  .sorted(Comparator.comparing(Object::toString))
                  .map(one -> new Recipient(issuer, Kind.CLAIM, claim.steps(), one));
        };
    return named.toList();
  }

  /** {@return who is the same as {@code this}, named in another way, or itself} */
  Recipient otherwise() {
    return kind == Kind.CLAIM && claim.equals(SUBJECT) && value instanceof String
        ? new Recipient(issuer, Kind.SUBJECT, SUBJECT, value)
        : this;
  }

  /** {@return as people read it} */
  String label() {
    return Words.of(
        switch (kind) {
          case SUBJECT -> new To.Subjects(Set.of(value.toString()));
          case GROUP -> new To.Groups(Set.of(value.toString()));
          case CLAIM -> new To.Claimants(path(), Set.of(value));
        });
  }

  /** {@return where the claim stands} */
  ClaimPath path() {
    if (claim.size() == 1 && !claim.getFirst().startsWith("/")) {
      return new ClaimPath(claim.getFirst(), claim);
    }
    StringBuilder text = new StringBuilder();
    claim.forEach(step -> text.append('/').append(step.replace("~", "~0").replace("/", "~1")));
    return new ClaimPath(text.toString(), claim);
  }
}
