package dev.discreet.upstream;

import dev.discreet.client.ConnectionFailure;
import dev.discreet.client.Egress;
import dev.discreet.client.JsonMembers;
import dev.discreet.client.ProviderAnswer;
import dev.discreet.client.ProviderClient;
import dev.discreet.client.ProviderRequest;
import dev.discreet.config.UpstreamConfig.ClientCredentials;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's own token for probes of one upstream (OAuth client credentials, RFC 6749 §4.4):
 * fetched when it is first needed, one request at a time, and renewed ahead of time for as long as
 * it is used. Used by all event loops; blocks none.
 */
final class ProbeToken {
  private static final Logger log = LoggerFactory.getLogger(ProbeToken.class);

  /** What is assumed where the answer does not say {@code expires_in}. */
  private static final Duration USUALLY = Duration.ofMinutes(5);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** A probe waits for its own time alone; a token that comes later serves the next one. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int RENEWED_AT_PERCENT = 80;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(10);

  /** A token, or why there is none. */
  record Outcome(@Nullable String token, String failure) {}

  private record Waiter(EventLoop loop, Consumer<Outcome> done) {}

  private record Token(String value, long expiresNanos) {}

  private final String upstream;
  private final ClientCredentials credentials;
  private final ProviderClient client;
  private final Egress egress = Egress.direct();
  private final LongSupplier nanos;
  private final List<Waiter> waiting = new ArrayList<>();
  private @Nullable Token current;
  private String failure = "";
  private Duration pause = Duration.ZERO;
  private long failedNanos;
  private long fetchedNanos;
  private boolean asking;
  private boolean used;

  ProbeToken(
      String upstream, ClientCredentials credentials, ProviderClient client, LongSupplier nanos) {
    this.upstream = upstream;
    this.credentials = credentials;
    this.client = client;
    this.nanos = nanos;
  }

  /** Calls {@code done} on {@code loop}, at once where the token is there or can't be had now. */
  void get(EventLoop loop, Consumer<Outcome> done) {
    Outcome known = known(loop, done);
    if (known != null) {
      done.accept(known);
    }
  }

  private synchronized @Nullable Outcome known(EventLoop loop, Consumer<Outcome> done) {
    used = true;
    Token token = current;
    if (token != null && isValid(token)) {
      return new Outcome(token.value(), "");
    }
    if (!asking && !pause.isZero() && nanos.getAsLong() - failedNanos < pause.toNanos()) {
      return new Outcome(null, failure);
    }
    waiting.add(new Waiter(loop, done));
    ask(loop);
    return null;
  }

  /** The upstream has refused {@code token}: it may have been revoked. */
  synchronized void refused(String token) {
    if (current != null
        && current.value().equals(token)
        && nanos.getAsLong() - fetchedNanos > BETWEEN_REFUSALS.toNanos()) {
      current = null;
    }
  }

  private synchronized void ask(EventLoop loop) {
    if (asking) {
      return;
    }
    asking = true;
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    if (credentials.scope() != null) {
      form.put("scope", credentials.scope());
    }
    client
        .send(
            ProviderRequest.post(
                credentials.tokenUrl(),
                credentials.clientId(),
                credentials.clientSecret(),
                form,
                PATIENCE),
            egress,
            loop)
        .whenComplete((answer, why) -> settle(loop, answer, why));
  }

  private void settle(EventLoop loop, @Nullable ProviderAnswer answer, @Nullable Throwable why) {
    List<Waiter> all;
    Outcome outcome;
    synchronized (this) {
      asking = false;
      outcome = answer == null ? failed(loop, why) : read(loop, answer);
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(waiter -> waiter.loop().execute(() -> waiter.done().accept(outcome)));
  }

  private Outcome read(EventLoop loop, ProviderAnswer answer) {
    try {
      Map<String, String> said = JsonMembers.of(answer.requireOk().body());
      String token = said.get("access_token");
      if (token == null || !token.matches("[\\x21-\\x7e]+")) {
        throw new IOException("its answer has no access_token");
      }
      if (!"bearer".equalsIgnoreCase(said.getOrDefault("token_type", "bearer"))) {
        throw new IOException("its token is not of the type Bearer");
      }
      Duration lifetime = lifetime(said.get("expires_in"));
      fetchedNanos = nanos.getAsLong();
      current = new Token(token, fetchedNanos + lifetime.toNanos());
      pause = Duration.ZERO;
      used = false;
      Duration ahead = lifetime.multipliedBy(RENEWED_AT_PERCENT).dividedBy(100);
      var _ = loop.schedule(() -> renew(loop), ahead.toMillis(), TimeUnit.MILLISECONDS);
      return new Outcome(token, "");
    } catch (IOException e) {
      return failed(loop, e);
    }
  }

  private synchronized void renew(EventLoop loop) {
    if (used) {
      ask(loop);
    }
  }

  private static Duration lifetime(@Nullable String seconds) {
    if (seconds == null || !seconds.matches("[0-9]{1,9}")) {
      return USUALLY;
    }
    Duration said = Duration.ofSeconds(Long.parseLong(seconds));
    if (said.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return said.compareTo(LONGEST) < 0 ? said : LONGEST;
  }

  private Outcome failed(EventLoop loop, @Nullable Throwable cause) {
    String why = cause == null ? "no answer" : ConnectionFailure.words(cause);
    failure = "no token for probes: " + why;
    failedNanos = nanos.getAsLong();
    Duration doubled = pause.multipliedBy(2);
    boolean first = pause.isZero();
    pause = first ? FIRST_PAUSE : doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    if (first || pause.equals(LONGEST_PAUSE)) {
      log.warn("upstream {}: {} ({})", upstream, failure, credentials.tokenUrl());
    }
    if (isValid(current)) {
      var _ = loop.schedule(() -> renew(loop), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
    return new Outcome(null, failure);
  }

  private boolean isValid(@Nullable Token token) {
    return token != null && nanos.getAsLong() - token.expiresNanos() < 0;
  }
}
