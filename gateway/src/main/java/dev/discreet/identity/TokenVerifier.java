package dev.discreet.identity;

import dev.discreet.client.ProviderClient;
import dev.discreet.config.IssuerConfig;
import dev.discreet.identity.Verification.Refused;
import dev.discreet.telemetry.TokenMetrics;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Verifies bearer tokens (SPEC §4, Tokens). Used by all event loops; blocks none. */
public final class TokenVerifier implements AutoCloseable {
  private final Issuers issuers;
  private final SignedTokens signed;
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
    this(
        issuers,
        tokenLimit,
        transport,
        events,
        clock,
        new Possession(new DpopProofs(new SeenProofs()), tokenLimit));
  }

  private TokenVerifier(
      Map<String, IssuerConfig> issuers,
      int tokenLimit,
      IdentityTransport transport,
      TokenMetrics events,
      Clock clock,
      Possession possession) {
    this.tokenLimit = tokenLimit;
    this.events = events;
    this.clock = clock;
    this.possession = possession;
    this.verdicts = new Verdicts(possession, events, clock);
    resolver =
        new DnsAddressResolverGroup(
            transport.datagram(), DnsServerAddressStreamProviders.platformDefault());
    ProviderClient client =
        new ProviderClient(new ReflectiveChannelFactory<>(transport.channel()), resolver);
    this.issuers =
        new Issuers(issuers.values(), new IssuerSources(client, transport, events, clock));
    signed = new SignedTokens(this.issuers, new VerifiedTokens(), tokenLimit, verdicts);
  }

  /**
   * {@return one that judges tokens alone, never who presents them: what they are bound to is taken
   * for proven}
   */
  public static TokenVerifier ofTokensAlone(
      Map<String, IssuerConfig> issuers,
      int tokenLimit,
      IdentityTransport transport,
      TokenMetrics events) {
    return new TokenVerifier(
        issuers, tokenLimit, transport, events, Clock.systemUTC(), Possession.assumed());
  }

  private TokenVerifier(TokenVerifier before, Issuers issuers, int tokenLimit) {
    this.issuers = issuers;
    this.tokenLimit = tokenLimit;
    possession = before.possession.within(tokenLimit);
    resolver = before.resolver;
    events = before.events;
    clock = before.clock;
    verdicts = new Verdicts(possession, events, clock);
    signed = before.signed.next(issuers, tokenLimit, verdicts);
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
      Issuer issuer = issuers.of(SignedToken.read(token, tokenLimit));
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
      issuer = issuers.of(SignedToken.read(token, tokenLimit));
    } catch (RefusedToken e) {
      issuer = null;
    }
    return new TokenDiagnosis(token, tokenLimit, clock.instant())
        .report(issuer, issuers.signing(), found instanceof Refused refused ? refused : null);
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
    Introspector introspector = askedOf(presented.token());
    if (introspector != null) {
      verifyOpaque(introspector, presented, loop, done);
    } else {
      signed.verify(presented, loop, done);
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
