package dev.discreet.http;

import dev.discreet.policy.Decision;
import dev.discreet.policy.RequestAccess;
import dev.discreet.policy.Requirement;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a 403 says, in whatever form: what is missing, of what, and whom to ask (SPEC §3).
 *
 * @param resource in the canonical encoding
 * @param permissions what is missing
 * @param alternatives whether one of them is enough
 * @param contact text for people, or null
 * @param url where to ask, {@code https:} or {@code mailto:}, or null
 */
record Lacking(
    String resource,
    List<String> permissions,
    boolean alternatives,
    @Nullable String contact,
    @Nullable String url) {
  private static final Pattern MAILBOX = Pattern.compile("[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+");

  static Lacking of(Decision.Forbidden forbidden) {
    List<String> permissions =
        switch (forbidden.missing()) {
          case Requirement.AllOf all -> all.permissions();
          case Requirement.AnyOf any -> any.permissions();
          case Requirement.Public all -> List.of();
          case Requirement.Authenticated any -> List.of();
        };
    String resource = forbidden.resource().toString();
    RequestAccess ask = forbidden.route().requestAccess();
    return new Lacking(
        resource,
        permissions,
        forbidden.missing() instanceof Requirement.AnyOf,
        ask == null ? null : ask.contact(),
        ask == null || ask.url() == null ? null : fill(ask.url(), resource, permissions));
  }

  private static String fill(String url, String resource, List<String> permissions) {
    return url.replace("{resource}", PercentEncoding.of(resource))
        .replace("{permissions}", PercentEncoding.of(String.join(" ", permissions)));
  }

  /** {@return what is missing as one sentence} */
  String detail() {
    String names = String.join(", ", permissions);
    if (alternatives && permissions.size() > 1) {
      return "You lack one of the permissions " + names + " on this resource.";
    }
    String noun = permissions.size() == 1 ? "the permission " : "the permissions ";
    return "You lack " + noun + names + " on this resource.";
  }

  /**
   * {@return the scope of the challenge (RFC 6750 §3.1): what is missing; of alternatives, the
   * first}
   */
  String scope() {
    return alternatives ? permissions.getFirst() : String.join(" ", permissions);
  }

  /** {@return where a person asks at one click, or null; a contact that is a mailbox is one too} */
  @Nullable String askAt() {
    if (url != null || contact == null || !MAILBOX.matcher(contact).matches()) {
      return url;
    }
    String subject = "Access to " + resource + ": " + String.join(", ", permissions);
    return "mailto:" + contact + "?subject=" + PercentEncoding.of(subject);
  }
}
