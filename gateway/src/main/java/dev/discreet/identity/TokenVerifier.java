package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.identity.Verification.KeysUnavailable;
import dev.discreet.identity.Verification.Refused;
import dev.discreet.identity.Verification.Verified;
import dev.discreet.telemetry.TokenMetrics;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Verifies bearer tokens (SPEC §4, Tokens). Used by all event loops; blocks none. */
public final class TokenVerifier implements AutoCloseable {
  private static final String UNKNOWN_ISSUER = "unknown";

  private final Map<String, Issuer> byIss = new HashMap<>();
  private final Map<String, Issuer> byName = new HashMap<>();
  private final VerifiedTokens verified = new VerifiedTokens();
  private final DnsAddressResolverGroup resolver;
  private final int tokenLimit;
  private final TokenMetrics events;
  private final Clock clock;

  /**
   * Prepares; {@link #start} begins to fetch keys.
   *
   * @param issuers by name
   * @param tokenLimit the longest token in characters
   */
  public TokenVerifier(
      Map<String, IssuerConfig> issuers,
      int tokenLimit,
      IdentityTransport transport,
      TokenMetrics events,
      Clock clock) {
    this.tokenLimit = tokenLimit;
    this.events = events;
    this.clock = clock;
    resolver =
        new DnsAddressResolverGroup(
            transport.datagram(), DnsServerAddressStreamProviders.platformDefault());
    KeySetFetcher fetcher = new KeySetFetcher(transport.channel(), resolver);
    for (IssuerConfig issuer : issuers.values()) {
      var loop = transport.loops().next();
      Supplier<CompletableFuture<byte[]>> source =
          switch (issuer.jwks()) {
            case IssuerConfig.KeySource.Remote remote -> () -> fetcher.fetch(remote.url(), loop);
            case IssuerConfig.KeySource.Local local -> () -> read(local);
          };
      IssuerKeys keys = new IssuerKeys(issuer, source, loop, events, clock);
      Issuer known = new Issuer(issuer, keys, new ClaimsCheck(issuer));
      byIss.put(issuer.issuer(), known);
      byName.put(issuer.name(), known);
    }
  }

  /** A file may be slow: it is read on a thread of its own. */
  private static CompletableFuture<byte[]> read(IssuerConfig.KeySource.Local local) {
    CompletableFuture<byte[]> octets = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                octets.complete(Files.readAllBytes(local.file()));
              } catch (IOException e) {
                octets.completeExceptionally(new CompletionException(e.toString(), e));
              }
            });
    return octets;
  }

  /** Begins to fetch keys. */
  public void start() {
    byIss.values().forEach(issuer -> issuer.keys().start());
  }

  /** {@return done once each issuer's first attempt has ended, well or badly} */
  public CompletableFuture<Void> firstAttempts() {
    return CompletableFuture.allOf(
        byIss.values().stream()
            .map(issuer -> issuer.keys().firstAttempt())
            .toArray(CompletableFuture<?>[]::new));
  }

  /** {@return the names of the issuers whose tokens can't be checked now} */
  public Set<String> issuersWithoutKeys() {
    return byIss.values().stream()
        .filter(issuer -> issuer.keys().current() == null)
        .map(issuer -> issuer.config().name())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Verifies a token.
   *
   * @param token as it stands in the request
   * @param loop the caller's, on which this is called
   * @param done called on {@code loop}, before this returns where nothing must be fetched
   */
  public void verify(String token, EventExecutor loop, Consumer<Verification> done) {
    Verification known = remembered(token);
    if (known != null) {
      done.accept(known);
      return;
    }
    try {
      SignedToken read = SignedToken.read(token, tokenLimit);
      Issuer issuer = read.claims().get("iss") instanceof String iss ? byIss.get(iss) : null;
      if (issuer == null) {
        done.accept(refused(Reason.WRONG_ISSUER, UNKNOWN_ISSUER));
      } else if (lacksKey(issuer, read)) {
        issuer
            .keys()
            .awaitRefetch(() -> loop.execute(() -> done.accept(judge(token, read, issuer))));
      } else {
        done.accept(judge(token, read, issuer));
      }
    } catch (RefusedToken e) {
      done.accept(refused(e.reason(), UNKNOWN_ISSUER));
    }
  }

  private @Nullable Verification remembered(String token) {
    VerifiedTokens.Entry entry = verified.find(token);
    if (entry == null) {
      return null;
    }
    String name = entry.caller().issuer();
    Issuer issuer = byName.get(name);
    KeySet keys = issuer == null ? null : issuer.keys().current();
    if (keys == null
        || !keys.keys().contains(entry.key())
        || !clock.instant().isBefore(entry.expires())) {
      verified.forget(token);
      return null;
    }
    events.checked(name, "cached");
    return new Verified(entry.caller(), entry.expires());
  }

  private static boolean lacksKey(Issuer issuer, SignedToken token) {
    KeySet keys = issuer.keys().current();
    return keys != null && token.keyId() != null && !keys.names(token.keyId());
  }

  private Verification judge(String token, SignedToken read, Issuer issuer) {
    String name = issuer.config().name();
    KeySet keys = issuer.keys().current();
    if (keys == null) {
      events.checked(name, "keys_unavailable");
      return new KeysUnavailable(name);
    }
    try {
      VerificationKey key = signer(read, issuer, keys);
      Instant expires = issuer.check().check(read, clock.instant());
      var caller = Callers.of(issuer.config(), read.subject(), read.claims());
      verified.remember(new VerifiedTokens.Entry(token, caller, key, expires));
      events.checked(name, "valid");
      return new Verified(caller, expires);
    } catch (RefusedToken e) {
      return refused(e.reason(), name);
    }
  }

  /** A token that {@code cnf} binds to a key is no bearer token, and its proof is not read here. */
  private static VerificationKey signer(SignedToken token, Issuer issuer, KeySet keys)
      throws RefusedToken {
    Algorithm algorithm = Algorithm.named(token.algorithm());
    if (algorithm != null && issuer.accepts(algorithm) && !token.claims().containsKey("cnf")) {
      for (VerificationKey key : keys.candidates(token.keyId(), algorithm)) {
        if (algorithm.verify(key.key(), token.signed(), token.signature())) {
          return key;
        }
      }
    }
    throw new RefusedToken(Reason.WRONG_SIGNATURE);
  }

  private Refused refused(Reason reason, String issuer) {
    events.checked(issuer, reason.label());
    return new Refused(reason, issuer);
  }

  @Override
  public void close() {
    byIss.values().forEach(issuer -> issuer.keys().close());
    resolver.close();
  }
}
