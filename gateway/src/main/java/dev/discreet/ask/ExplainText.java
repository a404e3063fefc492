package dev.discreet.ask;

import dev.discreet.ask.Policy.Explained;
import dev.discreet.config.UpstreamConfig;
import dev.discreet.http.DryRun.Answered;
import dev.discreet.identity.TokenReport;
import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Caller;
import dev.discreet.policy.CanonicalPath;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Existence;
import dev.discreet.policy.Explanation;
import dev.discreet.policy.Explanation.Asked;
import dev.discreet.policy.Explanation.Found;
import dev.discreet.policy.Explanation.Miss;
import dev.discreet.policy.Explanation.Rival;
import dev.discreet.policy.Explanation.Wanted;
import dev.discreet.policy.Grant;
import dev.discreet.policy.KnownTo;
import dev.discreet.policy.Route;
import dev.discreet.policy.StepUp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An explanation for people: the row, then each step of SPEC §2 with what it found. */
public final class ExplainText {
  private static final int MOST_MISSES = 8;

  private final Explained explained;
  private final Lines lines = new Lines();
  private final Set<String> told = new HashSet<>();

  private ExplainText(Explained explained) {
    this.explained = explained;
  }

  /**
   * {@return the text, each line ended}
   *
   * @param exists what the upstream is taken to know, or null to show every answer
   * @param token the caller's, or null
   */
  public static String of(
      Explained explained, @Nullable Existence exists, @Nullable TokenReport token) {
    ExplainText text = new ExplainText(explained);
    text.answers(exists);
    if (token != null && explained.explanation() != null) {
      TokenText.supposed(text.lines, token);
    }
    text.lines.add("");
    text.steps();
    if (token != null) {
      TokenText.add(text.lines, token);
    }
    return text.lines.toString();
  }

  /** {@return the steps alone, each line ended} */
  static String essence(Explained explained) {
    ExplainText text = new ExplainText(explained);
    text.steps();
    return text.lines.toString();
  }

  private void answers(@Nullable Existence exists) {
    switch (explained.ruling()) {
      case Ruling.Settled(Reply reply) -> answer(reply, "");
      case Ruling.Depends depends when exists != null -> answer(depends.when(exists), "");
      case Ruling.Depends depends -> {
        answer(depends.present(), "if it exists: ");
        answer(depends.absent(), "if it does not: ");
        answer(depends.unknown(), "if that can't be told: ");
      }
    }
  }

  private void answer(Reply reply, String when) {
    String row = reply.row() == null ? "" : "row " + reply.row() + ", ";
    String meaning = reply.row() == null ? reply.reason() : Rows.meaning(reply.row());
    String only = explained.observing() == null ? "" : " (only observed: the request is forwarded)";
    lines.add("%s%s%s: %s%s".formatted(when, row, reply.answer(), meaning, only));
    Answered answered = reply.answered();
    if (answered != null && (answered.status() == 403 || answered.status() == 200)) {
      lines.add("  " + answered.body());
    }
    if (answered != null) {
      answered.fields().forEach((name, value) -> lines.add("  " + name + ": " + value));
    }
  }

  private void steps() {
    AccessRequest request = explained.request();
    if (request == null) {
      lines.step("0 request", "refused: " + explained.ruling().when(Existence.UNKNOWN).reason());
      return;
    }
    lines.step("0 request", "read in one way only");
    if (explained.local()) {
      lines.step("  document", "answered before anybody asks who calls, or for a route");
      return;
    }
    switch (explained.inquiry().who()) {
      case Who.Refused(var reason, _) -> refused("refused: " + reason.description());
      case Who.NoKeys(String issuer) -> refused("no keys of issuer " + issuer);
      case Who.Known(Caller caller) -> {
        lines.step("1 caller", Words.of(caller));
        decided(Objects.requireNonNull(explained.explanation()), caller);
      }
    }
  }

  /** Only a route that observes is looked for. */
  private void refused(String why) {
    lines.step("1 caller", why);
    Route route = explained.observing();
    if (route != null) {
      lines.step("3 route", Words.of(route));
      observed();
    }
  }

  private void observed() {
    if (explained.observing() != null) {
      lines.step("  mode", "observe: forwarded all the same, logged and counted");
    }
  }

  private void decided(Explanation explanation, Caller caller) {
    Found found = explanation.found();
    lines.step("3 route", found == null ? "none matches" : route(found));
    for (Rival rival : explanation.rivals()) {
      lines.detail(Words.of(rival.route()) + " " + Words.of(rival, found));
    }
    if (found == null) {
      return;
    }
    permission(found, caller);
    stepUp(found, caller);
    Reply present = explained.ruling().when(Existence.PRESENT);
    if (present.answered() == null) {
      lines.step("5 may know", "not asked: the request is forwarded");
    } else if (present.decision() instanceof Decision.InsufficientAuthentication) {
      lines.step("5 may know", "not asked: the answer is the same, whatever exists");
    } else if (caller instanceof Caller.Anonymous) {
      lines.step("5 may know", "no: anonymous callers never may");
    } else {
      knowing(found, caller);
    }
    lines.step("6 existence", existence());
    observed();
  }

  private static String route(Found found) {
    Route route = found.route();
    String named = route.name().equals(route.path().text()) ? "" : " (" + route.name() + ")";
    return Words.of(route) + named + ", resource " + found.resource();
  }

  private void permission(Found found, Caller caller) {
    Asked asked = found.asked();
    if (asked == null) {
      lines.step(
          "4 permission",
          "the route names " + String.join(", ", found.route().methods().keySet()) + " only");
      return;
    }
    lines.step(
        "4 permission",
        "%s asks %s: %s"
            .formatted(
                asked.method(),
                Words.of(asked.requirement()),
                asked.met() ? "granted" : "lacking"));
    asked.permissions().forEach(wanted -> wanted(wanted, found, caller));
  }

  private void stepUp(Found found, Caller caller) {
    StepUp asked = found.route().stepUp();
    if (asked.equals(StepUp.NONE)) {
      return;
    }
    lines.step("  step-up", "the route asks " + Words.of(asked) + met(found.lacks()));
    if (caller instanceof Caller.Authenticated known) {
      Instant now = Objects.requireNonNull(explained.request()).time();
      lines.detail("the token says " + Words.of(known.authentication(), now));
    }
  }

  private static String met(StepUp.@Nullable Shortfall lacks) {
    return switch (lacks) {
      case null -> ": met";
      case ACR -> ": not met by its acr";
      case AGE -> ": not met by its auth_time";
    };
  }

  private void wanted(Wanted wanted, Found found, Caller caller) {
    Grant by = wanted.by();
    if (by != null) {
      lines.detail(wanted.permission() + " is given by " + Words.of(by));
      if (by.when() != null) {
        lines.deeper("its condition holds: " + Words.of(by.when()));
      }
      return;
    }
    if (!told.add(wanted.permission())) {
      lines.detail(wanted.permission() + ": not given, as said above");
      return;
    }
    List<Miss> misses = wanted.misses();
    lines.detail(
        wanted.permission()
            + (misses.isEmpty() ? ": no grant gives it to anybody" : ": not given"));
    for (Miss miss : misses.subList(0, Math.min(MOST_MISSES, misses.size()))) {
      lines.deeper(Words.of(miss.grant()));
      WhyNot.of(miss, caller, found.resource()).forEach(why -> lines.deeper("  " + why));
    }
    if (misses.size() > MOST_MISSES) {
      lines.deeper("and %d more, of which none fits better".formatted(misses.size() - MOST_MISSES));
    }
  }

  private void knowing(Found found, Caller caller) {
    KnownTo rule = found.route().knownTo();
    String told =
        found.mayKnow()
            ? "yes: "
            : rule == KnownTo.Upstream.UPSTREAM && found.lacks() == null
                ? "the upstream is asked as this caller: "
                : "no: ";
    lines.step("5 may know", told + Words.of(rule));
    if (found.lacks() != null && rule != KnownTo.AnyAuthenticated.ANY_AUTHENTICATED) {
      lines.detail("who does not meet the route's acr or maxAge may not");
    }
    for (Asked asked : found.knowing()) {
      String subject = asked.method().isEmpty() ? "" : asked.method() + " asks ";
      lines.detail(subject + Words.of(asked.requirement()) + met(asked));
      boolean said = found.asked() != null && asked.method().equals(found.asked().method());
      if (!said && (asked.met() || rule instanceof KnownTo.Holders)) {
        asked.permissions().forEach(wanted -> wanted(wanted, found, caller));
      }
    }
  }

  private static String met(Asked asked) {
    if (asked.met()) {
      return ": yes";
    }
    // To call such a method says nothing of a resource that is not the path itself.
    return asked.permissions().isEmpty() ? ": no, the resource is not the path itself" : ": no";
  }

  private String existence() {
    if (!(explained.ruling() instanceof Ruling.Depends depends)) {
      return "not asked";
    }
    Route route = depends.question().route();
    UpstreamConfig upstream = explained.upstream(route);
    return "the upstream %s is asked: %s %s%s"
        .formatted(
            upstream.name(),
            upstream.probe().method(),
            upstream.basePath(),
            CanonicalPath.of(
                depends.question().resource().segments(), route.forwarding().stripSegments()));
  }
}
