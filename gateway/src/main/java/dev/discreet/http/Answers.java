package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.config.ResourceMetadata;
import dev.discreet.config.TokenSource;
import dev.discreet.http.Answer.Field;
import dev.discreet.identity.Reason;
import dev.discreet.policy.Decision;
import dev.discreet.policy.StepUp;
import dev.discreet.telemetry.DecisionLabel;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decisions and failures become statuses here, and nowhere else. */
final class Answers {
  private static final Field RETRY_AFTER = new Field("retry-after", "5");

  /** The one template of every 404 that the gateway makes. */
  private static final byte[] NOT_FOUND = problem(HttpResponseStatus.NOT_FOUND);

  private static final byte[] UNAUTHORIZED = problem(HttpResponseStatus.UNAUTHORIZED);

  private final Challenges challenges;
  private final @Nullable String signIn;
  private final @Nullable ResourceMetadata metadata;
  private final @Nullable Answer document;

  /** Makes the answers of a gateway with this configuration. */
  Answers(GatewayConfig config) {
    metadata = config.resourceMetadata();
    challenges = new Challenges(config);
    document = metadata == null ? null : MetadataDocument.of(config, metadata);
    signIn = config.signIn();
  }

  /**
   * {@return the same for a person, who is shown where to sign in if it is a 401}
   *
   * @param exchange what is answered
   */
  Answer asPage(Answer answer, Exchange exchange) {
    String link =
        signIn == null || !answer.status().equals(HttpResponseStatus.UNAUTHORIZED)
            ? null
            : signIn.replace("{return}", PercentEncoding.of(exchange.originForm()));
    return answer.asPage(exchange.caller(), link);
  }

  /** {@return what is public there, whoever asks and whatever the routes say, or null} */
  @Nullable Answer document(HttpMethod method, RequestTarget target) {
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    return reads && metadata != null && metadata.isAt(target.path(), target.query())
        ? document
        : null;
  }

  /**
   * {@return the answer of a decision that is not to forward}
   *
   * @param used where the caller's token stands, or null for nobody known
   */
  Answer of(Decision decision, @Nullable TokenSource used) {
    return switch (decision) {
      case Decision.Forward forward -> throw new IllegalArgumentException("a permit is no refusal");
      case Decision.Unauthenticated who ->
          unauthorized(
              challenges.credential(), Outcome.of(DecisionLabel.UNAUTHENTICATED, who.row()));
      case Decision.InsufficientAuthentication weak ->
          unauthorized(
              challenges.insufficientAuthentication(weak.route().stepUp(), used),
              Outcome.of(DecisionLabel.UNAUTHENTICATED, weak.row().number(), reason(weak.lacks())));
      case Decision.NotFound nothing ->
          notFound(
              Outcome.of(
                  switch (nothing.reason()) {
                    case ABSENT -> DecisionLabel.ABSENT;
                    case CONCEALED -> DecisionLabel.CONCEALED;
                  },
                  nothing.row()));
      case Decision.EmptyCollection empty ->
          new Answer(
              HttpResponseStatus.OK,
              List.of(),
              "application/json",
              empty.body().getBytes(StandardCharsets.UTF_8),
              null,
              false,
              Outcome.of(DecisionLabel.EMPTY, empty.row()));
      case Decision.Forbidden forbidden -> forbidden(forbidden, used);
      case Decision.MethodNotAllowed method ->
          problem(
              HttpResponseStatus.METHOD_NOT_ALLOWED,
              List.of(new Field("allow", String.join(", ", method.allow()))),
              false,
              Outcome.of(DecisionLabel.METHOD, method.row()));
      case Decision.Unavailable unknown ->
          unavailable(Outcome.of(DecisionLabel.UNAVAILABLE, unknown.row()));
    };
  }

  /**
   * {@return row 13, without a body}
   *
   * @param allowed what a browser may send
   */
  static Answer preflight(List<Field> allowed) {
    return new Answer(
        HttpResponseStatus.NO_CONTENT,
        allowed,
        "",
        new byte[0],
        null,
        false,
        new Outcome(DecisionLabel.LOCAL, "13", null, null));
  }

  /**
   * {@return the canonical 404 in place of an upstream's answer}
   *
   * @param decision as it is counted
   * @param status of the answer that it replaces
   */
  static Answer shielded(DecisionLabel decision, int status) {
    return notFound(Outcome.of(decision, "5", "upstream: answered " + status + ", shielded"));
  }

  private static Answer notFound(Outcome outcome) {
    return new Answer(
        HttpResponseStatus.NOT_FOUND, List.of(), Answer.PROBLEM, NOT_FOUND, null, false, outcome);
  }

  private static String reason(StepUp.Shortfall lacks) {
    return switch (lacks) {
      case ACR -> "acr is none that the route asks for";
      case AGE -> "auth_time is missing, too old or in the future";
    };
  }

  private Answer forbidden(Decision.Forbidden forbidden, @Nullable TokenSource used) {
    Lacking lacking = Lacking.of(forbidden);
    return new Answer(
        HttpResponseStatus.FORBIDDEN,
        forbidden.tokenCouldHelp()
            ? challenges.insufficientScope(lacking.scope(), used)
            : List.of(),
        Answer.PROBLEM,
        ForbiddenBody.of(lacking),
        lacking,
        false,
        Outcome.of(DecisionLabel.FORBIDDEN, forbidden.row()));
  }

  /** {@return row 1: a credential that is not valid, the same for every path} */
  Answer invalidToken(Reason reason, TokenSource used) {
    return unauthorized(
        challenges.invalidToken(reason, used),
        Outcome.of(DecisionLabel.UNAUTHENTICATED, "1", reason.description()));
  }

  private static Answer unauthorized(List<Field> challenge, Outcome outcome) {
    return new Answer(
        HttpResponseStatus.UNAUTHORIZED,
        challenge,
        Answer.PROBLEM,
        UNAUTHORIZED,
        null,
        false,
        outcome);
  }

  /** {@return step 2: the caller is over a limit} */
  static Answer limited(Duration left, String who) {
    // A client that comes back when it is told to must not come a moment too early.
    long seconds = left.plusNanos(999_999_999).toSeconds();
    return problem(
        HttpResponseStatus.TOO_MANY_REQUESTS,
        List.of(new Field("retry-after", String.valueOf(seconds))),
        false,
        Outcome.of(DecisionLabel.LIMITED, null, who));
  }

  /** {@return row 1b: it can't be told whether the credential is valid} */
  static Answer undecided(String why) {
    return unavailable(Outcome.of(DecisionLabel.UNAVAILABLE, "1b", why));
  }

  /** {@return 503 with {@code Retry-After}: it cannot be told now} */
  static Answer unavailable(Outcome outcome) {
    return problem(HttpResponseStatus.SERVICE_UNAVAILABLE, List.of(RETRY_AFTER), false, outcome);
  }

  /** {@return a refusal of step 0, which ends the connection} */
  static Answer rejected(int status, String reason) {
    List<Field> fields =
        switch (status) {
          case 405 -> List.of(new Field("allow", ""));
          case 503 -> List.of(RETRY_AFTER);
          default -> List.of();
        };
    return problem(status(status), fields, true, Outcome.of(DecisionLabel.REJECTED, "0", reason));
  }

  /** {@return what is said where a permitted request could not be carried out} */
  static Answer failed(int status, String reason) {
    return problem(
        status(status),
        status == 503 ? List.of(RETRY_AFTER) : List.of(),
        false,
        Outcome.of(DecisionLabel.FORWARD, "5", reason));
  }

  /** {@return what is said where the request itself breaks off after it was permitted} */
  static Answer brokenOff(int status, String reason) {
    return problem(status(status), List.of(), true, Outcome.of(DecisionLabel.FORWARD, "5", reason));
  }

  private static Answer problem(
      HttpResponseStatus status, List<Field> fields, boolean closes, Outcome outcome) {
    return new Answer(status, fields, Answer.PROBLEM, problem(status), null, closes, outcome);
  }

  /** {@return the status with its phrase of RFC 9110 §15, where Netty has an elder one} */
  private static HttpResponseStatus status(int code) {
    return switch (code) {
      case 413 -> new HttpResponseStatus(code, "Content Too Large");
      case 414 -> new HttpResponseStatus(code, "URI Too Long");
      default -> HttpResponseStatus.valueOf(code);
    };
  }

  private static byte[] problem(HttpResponseStatus status) {
    return String.format(
            Locale.ROOT,
            "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d}",
            status.reasonPhrase(),
            status.code())
        .getBytes(StandardCharsets.UTF_8);
  }
}
