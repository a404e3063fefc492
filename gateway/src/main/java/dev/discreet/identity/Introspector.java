package dev.discreet.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.discreet.client.Egress;
import dev.discreet.client.ProviderAnswer;
import dev.discreet.client.ProviderClient;
import dev.discreet.client.ProviderRequest;
import dev.discreet.config.IssuerConfig;
import dev.discreet.config.IssuerConfig.Introspection;
import dev.discreet.identity.Verification.Refused;
import dev.discreet.identity.Verification.Undecided;
import dev.discreet.identity.Verification.Verified;
import dev.discreet.telemetry.TokenMetrics;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the one issuer of opaque tokens about them (RFC 7662): once for each token at a time, and
 * not again while the answer is remembered. An issuer that does not answer makes a 503, never a
 * 401. What is under way is known to its own event loop alone; what is remembered to all.
 */
final class Introspector {
  private static final int MOST_AT_ONCE = 64;
  private static final long MOST_WEIGHT = 16 << 20;
  private static final int WEIGHT_OF_ENTRY = 512;

  private record Known(Verification verification, Instant until) {}

  private final IssuerConfig issuer;
  private final Introspection introspection;
  private final ProviderClient client;
  private final Egress egress;
  private final EventLoop loop;
  private final TokenMetrics events;
  private final Clock clock;
  private final ClaimsCheck check;
  private final IntrospectionLog log;
  private final Map<String, List<Consumer<Verification>>> underWay = new HashMap<>();
  private final Cache<String, Known> answers =
      Caffeine.newBuilder()
          .maximumWeight(MOST_WEIGHT)
          .weigher((String token, Known _) -> token.length() + WEIGHT_OF_ENTRY)
          .build();

  Introspector(
      IssuerConfig issuer,
      Introspection introspection,
      ProviderClient client,
      EventLoop loop,
      TokenMetrics events,
      Clock clock) {
    this.issuer = issuer;
    this.introspection = introspection;
    this.client = client;
    this.loop = loop;
    this.events = events;
    this.clock = clock;
    egress = Providers.egress(issuer);
    check = new ClaimsCheck(issuer);
    log = new IntrospectionLog(issuer.name(), System::nanoTime);
  }

  IssuerConfig issuer() {
    return issuer;
  }

  /** {@return what the issuer said of the token not long ago, or null} */
  @Nullable Verification remembered(String token) {
    Known known = answers.getIfPresent(token);
    if (known == null || !clock.instant().isBefore(known.until())) {
      return null;
    }
    events.checked(issuer.name(), "cached");
    return known.verification();
  }

  /**
   * Asks.
   *
   * @param done called once, on this one's own event loop
   */
  void ask(String token, Consumer<Verification> done) {
    loop.execute(() -> join(token, done));
  }

  private void join(String token, Consumer<Verification> done) {
    List<Consumer<Verification>> waiting = underWay.get(token);
    if (waiting != null) {
      waiting.add(done);
    } else if (underWay.size() >= MOST_AT_ONCE) {
      done.accept(undecided("more than " + MOST_AT_ONCE + " introspections at once"));
    } else {
      underWay.put(token, new ArrayList<>(List.of(done)));
      client
          .send(request(token), egress, loop)
          .whenCompleteAsync((answer, failure) -> ended(token, answer, failure), loop);
    }
  }

  private ProviderRequest request(String token) {
    return ProviderRequest.post(
        introspection.url(),
        introspection.clientId(),
        introspection.clientSecret(),
        Map.of("token", token, "token_type_hint", "access_token"),
        introspection.timeout());
  }

  private void ended(String token, @Nullable ProviderAnswer answer, @Nullable Throwable failure) {
    Verification verification = answer == null ? failed(failure) : judge(token, answer);
    List<Consumer<Verification>> waiting = underWay.remove(token);
    if (waiting != null) {
      waiting.forEach(done -> done.accept(verification));
    }
  }

  private Verification failed(@Nullable Throwable failure) {
    String why = failure == null ? "no answer" : KeyLog.reason(failure);
    log.failed(why);
    return undecided("introspection: " + why);
  }

  private Verification judge(String token, ProviderAnswer answer) {
    Map<String, Object> said;
    try {
      said = StrictJson.object(answer.requireOk().body(), StrictJson.Unique.AT_THE_TOP);
      if (!(said.get("active") instanceof Boolean)) {
        throw new IOException("its answer does not say whether the token is active");
      }
    } catch (RefusedToken e) {
      return failed(new IOException("its answer is no JSON object", e));
    } catch (IOException e) {
      return failed(e);
    }
    log.answered();
    Instant now = clock.instant();
    Instant until = now.plus(introspection.cache());
    try {
      Verified verified = caller(said, now);
      remember(token, verified, until.isBefore(verified.expires()) ? until : verified.expires());
      events.checked(issuer.name(), "valid");
      return verified;
    } catch (RefusedToken e) {
      Refused refused = new Refused(e.reason(), issuer.name());
      remember(token, refused, until);
      events.checked(issuer.name(), e.reason().label());
      return refused;
    }
  }

  /** What is inactive is nothing that the issuer vouches for, as a signature would. */
  private Verified caller(Map<String, Object> said, Instant now) throws RefusedToken {
    if (!Boolean.TRUE.equals(said.get("active"))) {
      throw new RefusedToken(Reason.WRONG_SIGNATURE);
    }
    if (said.containsKey("iss") && !issuer.issuer().equals(said.get("iss"))) {
      throw new RefusedToken(Reason.WRONG_ISSUER);
    }
    if (said.containsKey("cnf")) {
      throw new RefusedToken(Reason.WRONG_SIGNATURE);
    }
    Instant expires = check.check(said, now);
    String subject = String.valueOf(said.get("sub"));
    return new Verified(Callers.of(issuer, subject, said), expires);
  }

  private void remember(String token, Verification verification, Instant until) {
    if (clock.instant().isBefore(until)) {
      answers.put(token, new Known(verification, until));
    }
  }

  private Undecided undecided(String why) {
    events.checked(issuer.name(), "unavailable");
    return new Undecided(issuer.name(), why);
  }
}
