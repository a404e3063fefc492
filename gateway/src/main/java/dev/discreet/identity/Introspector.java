package dev.discreet.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.discreet.client.ConnectionFailure;
import dev.discreet.client.Egress;
import dev.discreet.client.ProviderAnswer;
import dev.discreet.client.ProviderClient;
import dev.discreet.client.ProviderRequest;
import dev.discreet.config.IssuerConfig;
import dev.discreet.config.IssuerConfig.Introspection;
import dev.discreet.identity.Verification.Refused;
import dev.discreet.identity.Verification.Undecided;
import dev.discreet.identity.Verification.Verified;
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

  /**
   * What an issuer said.
   *
   * @param bound what must be proven before the verification counts; null where a reason against
   *     the token comes before that
   */
  record Found(@Nullable Confirmation bound, Verification verification) {}

  private record Known(Found found, Instant until) {}

  private final IssuerConfig issuer;
  private final Introspection introspection;
  private final ProviderClient client;
  private final Egress egress;
  private final EventLoop loop;
  private final Clock clock;
  private final ClaimsCheck check;
  private final IntrospectionLog log;
  private final Map<String, List<Consumer<Found>>> underWay = new HashMap<>();
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
      Clock clock) {
    this.issuer = issuer;
    this.introspection = introspection;
    this.client = client;
    this.loop = loop;
    this.clock = clock;
    egress = Providers.egress(issuer);
    check = new ClaimsCheck(issuer);
    log = new IntrospectionLog(issuer.name(), System::nanoTime);
  }

  IssuerConfig issuer() {
    return issuer;
  }

  /** {@return what the issuer said of the token not long ago, or null} */
  @Nullable Found remembered(String token) {
    Known known = answers.getIfPresent(token);
    if (known == null || !clock.instant().isBefore(known.until())) {
      return null;
    }
    return known.found();
  }

  /**
   * Asks.
   *
   * @param done called once, on this one's own event loop
   */
  void ask(String token, Consumer<Found> done) {
    loop.execute(() -> join(token, done));
  }

  private void join(String token, Consumer<Found> done) {
    List<Consumer<Found>> waiting = underWay.get(token);
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
    // First: whatever becomes of the answer, nobody else waits for it.
    List<Consumer<Found>> waiting = underWay.remove(token);
    Found found = found(token, answer, failure);
    if (waiting != null) {
      waiting.forEach(done -> done.accept(found));
    }
  }

  private Found found(String token, @Nullable ProviderAnswer answer, @Nullable Throwable failure) {
    try {
      return answer == null ? failed(failure) : judge(token, answer);
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  private Found failed(@Nullable Throwable failure) {
    String why = failure == null ? "no answer" : ConnectionFailure.words(failure);
    log.failed(why);
    return undecided("introspection: " + why);
  }

  private Found judge(String token, ProviderAnswer answer) {
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
    Found found = found(said, now);
    if (found.verification() instanceof Verified verified && verified.expires().isBefore(until)) {
      until = verified.expires();
    }
    if (clock.instant().isBefore(until)) {
      answers.put(token, new Known(found, until));
    }
    return found;
  }

  /** What is inactive is nothing that the issuer vouches for, as a signature would. */
  private Found found(Map<String, Object> said, Instant now) {
    Confirmation bound = null;
    try {
      if (said.containsKey("iss") && !issuer.issuer().equals(said.get("iss"))) {
        throw new RefusedToken(Reason.WRONG_ISSUER);
      }
      if (!Boolean.TRUE.equals(said.get("active"))) {
        throw new RefusedToken(Reason.WRONG_SIGNATURE);
      }
      bound = Confirmation.of(said);
      Instant expires = check.check(said, now);
      String subject = String.valueOf(said.get("sub"));
      return new Found(bound, new Verified(Callers.of(issuer, subject, said), expires));
    } catch (RefusedToken e) {
      return new Found(
          bound, new Refused(e.reason(), issuer.name(), e.detail(), e.expiredSubject()));
    }
  }

  private Found undecided(String why) {
    return new Found(null, new Undecided(issuer.name(), why));
  }
}
