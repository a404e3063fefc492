package dev.discreet.identity;

import dev.discreet.client.ProviderClient;
import dev.discreet.config.IssuerConfig;
import dev.discreet.identity.Verification.Refused;
import dev.discreet.identity.Verification.Undecided;
import dev.discreet.identity.Verification.Verified;
import dev.discreet.telemetry.TokenMetrics;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Verifies bearer tokens (SPEC §4, Tokens). Used by all event loops; blocks none. */
public final class TokenVerifier implements AutoCloseable {
  private final Issuers issuers;
  private final VerifiedTokens verified;
  private final Possession possession;
  private final Verdicts verdicts;
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
    this.verified = new VerifiedTokens();
    this.possession = new Possession(new DpopProofs(new SeenProofs()), tokenLimit);
    this.verdicts = new Verdicts(possession, events, clock);
    resolver =
        new DnsAddressResolverGroup(
            transport.datagram(), DnsServerAddressStreamProviders.platformDefault());
    ProviderClient client =
        new ProviderClient(new ReflectiveChannelFactory<>(transport.channel()), resolver);
    this.issuers =
        new Issuers(issuers.values(), new IssuerSources(client, transport, events, clock));
  }

  private TokenVerifier(TokenVerifier before, Issuers issuers, int tokenLimit) {
    this.issuers = issuers;
    this.tokenLimit = tokenLimit;
    // What is remembered was not too long for the limit of its time.
    verified = tokenLimit == before.tokenLimit ? before.verified : new VerifiedTokens();
    possession = before.possession.within(tokenLimit);
    resolver = before.resolver;
    events = before.events;
    clock = before.clock;
    verdicts = new Verdicts(possession, events, clock);
  }

  /**
   * {@return the verifier of the next configuration} It shares with this one the tokens and keys of
   * the issuers that did not change, and the means to fetch; {@link #start} begins to fetch the
   * rest. One of the two is to be {@linkplain #retire retired}, the other closed.
   */
  public TokenVerifier next(Map<String, IssuerConfig> issuers, int tokenLimit) {
    return new TokenVerifier(this, this.issuers.next(issuers.values()), tokenLimit);
  }

  /** {@return whose code verifies signatures, for people} */
  public static String cryptoProvider() {
    return CryptoProvider.FASTEST.toString();
  }

  /** Begins to fetch keys that are not fetched already. */
  public void start() {
    issuers.start();
  }

  /** Begins to fetch the keys of the token's issuer alone; {@return done once that has ended} */
  public CompletableFuture<Void> startFor(String token) {
    try {
      Issuer issuer = issuerOf(SignedToken.read(token, tokenLimit));
      if (issuer != null) {
        issuer.keys().start();
        return issuer.keys().firstAttempt();
      }
    } catch (RefusedToken e) {
      // No key is needed to refuse it.
    }
    return CompletableFuture.completedFuture(null);
  }

  /** {@return what a signed token says, and what is wrong with it, as {@code found} has it} */
  public TokenReport report(String token, Verification found) {
    Issuer issuer;
    try {
      issuer = issuerOf(SignedToken.read(token, tokenLimit));
    } catch (RefusedToken e) {
      issuer = null;
    }
    Reason reason = found instanceof Refused refused ? refused.reason() : null;
    return new TokenDiagnosis(token, tokenLimit, clock.instant())
        .report(issuer, issuers.signing(), reason);
  }

  /** {@return who alone can tell what this token says, or null where it says so itself} */
  public @Nullable IssuerConfig askedAbout(String token) {
    Introspector introspector = askedOf(token);
    return introspector == null ? null : introspector.issuer();
  }

  /** Where no issuer is opaque, the token is not even looked at. */
  private @Nullable Introspector askedOf(String token) {
    Introspector introspector = issuers.introspector();
    return introspector == null || CompactJws.isMeant(token) ? null : introspector;
  }

  private @Nullable Issuer issuerOf(SignedToken token) {
    return token.claims().get("iss") instanceof String iss ? issuers.find(iss) : null;
  }

  /** {@return done once the first attempt to get each new key set has ended, well or badly} */
  public CompletableFuture<Void> firstAttempts() {
    return issuers.firstAttempts();
  }

  /** {@return the names of the issuers whose tokens can't be checked now} */
  public Set<String> issuersWithoutKeys() {
    return issuers.withoutKeys();
  }

  /**
   * Verifies a token, and that who presents it holds the keys that it is bound to.
   *
   * @param presented as it stands in the request, and what came with it
   * @param loop the caller's, on which this is called
   * @param done called on {@code loop}, before this returns where nothing must be fetched
   */
  public void verify(Presented presented, EventExecutor loop, Consumer<Verification> done) {
    String token = presented.token();
    Introspector introspector = askedOf(token);
    if (introspector != null) {
      verifyOpaque(introspector, presented, loop, done);
      return;
    }
    VerifiedTokens.Entry known = remembered(token);
    if (known == null) {
      verifySigned(presented, loop, done);
    } else {
      IssuerConfig issuer = known.issuer().config();
      done.accept(verdicts.proven(known.result(), known.bound(), issuer, presented, "cached"));
    }
  }

  private void verifyOpaque(
      Introspector introspector,
      Presented presented,
      EventExecutor loop,
      Consumer<Verification> done) {
    String token = presented.token();
    IssuerConfig issuer = introspector.issuer();
    Introspector.Found known = introspector.remembered(token);
    if (known != null) {
      done.accept(verdicts.proven(known, issuer, presented, "cached"));
    } else if (token.length() > tokenLimit || !OpaqueTokens.wellFormed(token)) {
      done.accept(verdicts.refused(new RefusedToken(Reason.MALFORMED), TokenMetrics.UNKNOWN));
    } else {
      introspector.ask(
          token,
          found ->
              loop.execute(() -> done.accept(verdicts.proven(found, issuer, presented, "valid"))));
    }
  }

  private void verifySigned(Presented presented, EventExecutor loop, Consumer<Verification> done) {
    try {
      SignedToken read = SignedToken.read(presented.token(), tokenLimit);
      Issuer issuer = issuerOf(read);
      if (issuer == null) {
        done.accept(verdicts.refused(new RefusedToken(Reason.WRONG_ISSUER), TokenMetrics.UNKNOWN));
      } else if (lacksKey(issuer, read)
          && Possession.isPossible(read.claims(), issuer.config(), presented)) {
        issuer
            .keys()
            .awaitRefetch(() -> loop.execute(() -> done.accept(judge(presented, read, issuer))));
      } else {
        done.accept(judge(presented, read, issuer));
      }
    } catch (RefusedToken e) {
      done.accept(verdicts.refused(e, TokenMetrics.UNKNOWN));
    }
  }

  private VerifiedTokens.@Nullable Entry remembered(String token) {
    VerifiedTokens.Entry entry = verified.find(token);
    if (entry == null || !issuers.has(entry.issuer())) {
      return null;
    }
    KeySet keys = entry.issuer().keys().current();
    if (keys == null
        || !keys.keys().contains(entry.key())
        || !clock.instant().isBefore(entry.result().expires())) {
      verified.forget(token);
      return null;
    }
    return entry;
  }

  /** A token that no key could save is worth no question to the source of keys. */
  private static boolean lacksKey(Issuer issuer, SignedToken token) {
    KeySet keys = issuer.keys().current();
    return keys != null
        && token.keyId() != null
        && !keys.names(token.keyId())
        && issuer.algorithmOf(token) != null;
  }

  private Verification judge(Presented presented, SignedToken read, Issuer issuer) {
    String name = issuer.config().name();
    KeySet keys = issuer.keys().current();
    if (keys == null) {
      events.checked(name, "keys_unavailable");
      return new Undecided(name, "no keys of the issuer " + name);
    }
    try {
      VerificationKey key = signer(read, issuer, keys);
      Instant now = clock.instant();
      Confirmation bound = Confirmation.of(read.claims());
      possession.check(bound, issuer.config(), presented, now);
      Instant expires = issuer.check().check(read, now);
      var caller = Callers.of(issuer.config(), read.subject(), read.claims());
      Verified result = new Verified(caller, expires);
      verified.remember(new VerifiedTokens.Entry(presented.token(), issuer, key, bound, result));
      events.checked(name, "valid");
      return result;
    } catch (RefusedToken e) {
      return verdicts.refused(e, name);
    }
  }

  private static VerificationKey signer(SignedToken token, Issuer issuer, KeySet keys)
      throws RefusedToken {
    Algorithm algorithm = issuer.algorithmOf(token);
    if (algorithm != null) {
      for (VerificationKey key : keys.candidates(token.keyId(), algorithm)) {
        if (algorithm.verify(
            CryptoProvider.FASTEST, key.key(), token.signed(), token.signature())) {
          return key;
        }
      }
    }
    throw new RefusedToken(Reason.WRONG_SIGNATURE);
  }

  /** Stops what {@code next} has no use for; what is under way comes to its end. */
  public void retire(TokenVerifier next) {
    issuers.close(next.issuers);
  }

  @Override
  public void close() {
    issuers.close(null);
    resolver.close();
  }
}
