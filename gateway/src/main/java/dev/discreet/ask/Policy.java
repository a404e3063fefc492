package dev.discreet.ask;

import dev.discreet.config.GatewayConfig;
import dev.discreet.config.ResourceMetadata;
import dev.discreet.config.UpstreamConfig;
import dev.discreet.http.DryRun;
import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Authorizer;
import dev.discreet.policy.Caller;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Existence;
import dev.discreet.policy.Explanation;
import dev.discreet.policy.Grant;
import dev.discreet.policy.Grants;
import dev.discreet.policy.Route;
import dev.discreet.policy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A configuration that can be asked. */
public final class Policy {
  private static final String NOT_ONE_SEGMENT = "is not one segment of a path";

  private final GatewayConfig config;
  private final DryRun gateway;
  private final Authorizer core;
  private final Authorizer coreIfConditionsHeld;
  private final Authorizer coreIfNoneHeld;

  /** Asks this configuration. */
  public Policy(GatewayConfig config) {
    this.config = config;
    gateway = new DryRun(config);
    core = new Authorizer(config.routes(), config.grants());
    List<Grant> grants = config.grants().all();
    List<Grant> always = grants.stream().filter(grant -> grant.when() == null).toList();
    boolean conditional = always.size() < grants.size();
    coreIfConditionsHeld =
        conditional ? deciding(grants.stream().map(Policy::unconditional).toList()) : core;
    coreIfNoneHeld = conditional ? deciding(always) : core;
  }

  private Authorizer deciding(List<Grant> grants) {
    return new Authorizer(config.routes(), new Grants(grants, config.issuers().keySet()));
  }

  private static Grant unconditional(Grant grant) {
    return new Grant(
        grant.place(), grant.to(), grant.issuers(), grant.gives(), grant.resources(), null);
  }

  /** {@return what is asked} */
  public GatewayConfig config() {
    return config;
  }

  /**
   * A ruling and what led to it.
   *
   * @param upstreams those of the configuration, by name
   * @param request the request as it was read, or null where it is refused unread
   * @param explanation of the decision, or null where there is none
   * @param observing the route that forwards the request in spite of the ruling, or null
   */
  public record Explained(
      Inquiry inquiry,
      Ruling ruling,
      Map<String, UpstreamConfig> upstreams,
      @Nullable AccessRequest request,
      @Nullable Explanation explanation,
      @Nullable Route observing) {
    /** {@return whether what is answered is public, whoever asks and whatever the routes say} */
    boolean local() {
      return ruling.when(Existence.UNKNOWN).row() == null;
    }

    UpstreamConfig upstream(Route route) {
      return Objects.requireNonNull(upstreams.get(route.forwarding().upstream()));
    }
  }

  /** {@return what would be answered} */
  public Ruling ask(Inquiry inquiry) {
    return switch (read(inquiry)) {
      case DryRun.Head.Refused(DryRun.Answered answer, String reason) ->
          new Ruling.Settled(new Reply("0", reason, null, answer));
      case DryRun.Head.Local(_, DryRun.Answered answer) -> new Ruling.Settled(document(answer));
      case DryRun.Head.Read(AccessRequest request) -> ask(request, inquiry.who());
    };
  }

  private static Reply document(DryRun.Answered answer) {
    return new Reply(null, "the document of RFC 9728, the same whoever asks", null, answer);
  }

  /** {@return what is answered at this path whoever asks and whatever the routes say, or null} */
  @Nullable Reply document(AccessRequest request) {
    DryRun.Answered answer = gateway.document(request);
    return answer == null ? null : document(answer);
  }

  /** {@return the path of what is answered whoever asks and whatever the routes say, or null} */
  @Nullable List<String> document() {
    ResourceMetadata metadata = config.resourceMetadata();
    Moment now = Moment.now();
    return metadata != null
            && gateway.read("GET", metadata.target(), "", null, now.source(), now.time())
                instanceof DryRun.Head.Local(AccessRequest request, _)
        ? request.segments()
        : null;
  }

  private DryRun.Head read(Inquiry inquiry) {
    return gateway.read(
        inquiry.method(),
        inquiry.target(),
        inquiry.host(),
        // Of a token that is not refused nothing in step 0 depends on.
        inquiry.who() instanceof Who.Refused(_, String token) ? "Bearer " + token : null,
        inquiry.moment().source(),
        inquiry.moment().time());
  }

  /** {@return what would be answered to a request that was read} */
  public Ruling ask(AccessRequest request, Who who) {
    return switch (who) {
      case Who.Refused(var reason, _) ->
          new Ruling.Settled(
              new Reply("1", reason.description(), null, gateway.invalidToken(reason)));
      case Who.NoKeys(String issuer) ->
          new Ruling.Settled(
              new Reply(
                  "1b", "no keys of the issuer " + issuer, null, gateway.keysUnavailable(issuer)));
      case Who.Known(Caller caller) -> ask(request, caller);
    };
  }

  /** {@return what would be answered to a request that was read} */
  Ruling ask(AccessRequest request, Caller caller) {
    return ruling(core.authorize(request, caller));
  }

  /** {@return the caller, if it had authenticated as the route that decides asks} */
  Caller steppedUp(AccessRequest request, Caller caller) {
    Route route = config.routes().find(request.host(), request.segments());
    return route != null && caller instanceof Caller.Authenticated known
        ? known.authenticated(route.stepUp().metFrom(known.authentication(), request.time()))
        : caller;
  }

  /** {@return what would be answered if the conditions of all grants held} */
  Ruling askIfConditionsHeld(AccessRequest request, Caller caller) {
    return ruling(coreIfConditionsHeld.authorize(request, caller));
  }

  /** {@return what would be answered if the condition of no grant held} */
  Ruling askIfNoneHeld(AccessRequest request, Caller caller) {
    return ruling(coreIfNoneHeld.authorize(request, caller));
  }

  /** {@return whether some grant has a condition} */
  boolean conditional() {
    return core != coreIfConditionsHeld;
  }

  /**
   * {@return what a path's segment means}
   *
   * @param written as a client writes it, percent-encoded
   * @throws IllegalArgumentException if no request can have it as one segment, saying why
   */
  public String segment(String written) {
    Moment now = Moment.now();
    return switch (gateway.read("GET", "/" + written, "", null, now.source(), now.time())) {
      case DryRun.Head.Refused(DryRun.Answered answer, String reason) ->
          throw new IllegalArgumentException(
              "is answered %d in any path: %s".formatted(answer.status(), reason));
      case DryRun.Head.Local _ -> throw new IllegalArgumentException(NOT_ONE_SEGMENT);
      case DryRun.Head.Read(AccessRequest request) -> {
        if (request.segments().size() != 1
            || request.segments().getFirst().isEmpty()
            || written.indexOf('?') >= 0) {
          throw new IllegalArgumentException(NOT_ONE_SEGMENT);
        }
        yield request.segments().getFirst();
      }
    };
  }

  /** {@return what would be answered, and why} */
  public Explained explain(Inquiry inquiry) {
    return switch (read(inquiry)) {
      case DryRun.Head.Refused _ -> unexplained(inquiry, null);
      case DryRun.Head.Local(AccessRequest request, _) -> unexplained(inquiry, request);
      case DryRun.Head.Read(AccessRequest request) -> explain(inquiry, request);
    };
  }

  private Explained unexplained(Inquiry inquiry, @Nullable AccessRequest request) {
    return new Explained(inquiry, ask(inquiry), config.upstreams(), request, null, null);
  }

  private Explained explain(Inquiry inquiry, AccessRequest request) {
    if (!(inquiry.who() instanceof Who.Known(Caller caller))) {
      Decision.Forward permit = core.observed(request);
      Route observing = permit == null ? null : permit.route();
      return new Explained(
          inquiry, ask(request, inquiry.who()), config.upstreams(), request, null, observing);
    }
    Explanation explanation = core.explain(request, caller);
    Route observing =
        explanation.verdict() instanceof Verdict.Observed observed
            ? observed.permit().route()
            : null;
    return new Explained(
        inquiry,
        ruling(explanation.verdict()),
        config.upstreams(),
        request,
        explanation,
        observing);
  }

  private Ruling ruling(Verdict verdict) {
    return switch (verdict) {
      // What is asked for is the policy, which is the same while it is only observed.
      case Verdict.Observed observed -> ruling(observed.instead());
      case Verdict.Settled(Decision decision) -> new Ruling.Settled(reply(decision));
      case Verdict.AskExistence question ->
          new Ruling.Depends(
              question,
              reply(question.resolve(Existence.PRESENT)),
              reply(question.resolve(Existence.ABSENT)),
              reply(question.resolve(Existence.UNKNOWN)));
    };
  }

  private Reply reply(Decision decision) {
    return new Reply(
        decision.row().number(),
        "",
        decision,
        decision instanceof Decision.Forward ? null : gateway.answer(decision));
  }
}
