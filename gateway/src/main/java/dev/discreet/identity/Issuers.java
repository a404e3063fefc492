package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.config.IssuerConfig.Format;
import dev.discreet.config.IssuerConfig.Introspection;
import dev.discreet.config.IssuerConfig.KeySource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The issuers of one configuration, found by {@code iss}. What a change does not concern outlives
 * it: an issuer that is configured as before is the same one, and keys whose source is the same
 * stay, whatever else is said of their issuer.
 */
final class Issuers {
  private final Sources sources;
  private final Map<String, Issuer> byIss = new HashMap<>();
  private final List<IssuerKeys> fresh = new ArrayList<>();
  private @Nullable Introspector introspector;

  /** Makes what asks issuers, each on an event loop of its own. */
  interface Sources {
    IssuerKeys keysOf(IssuerConfig issuer, KeySource keys);

    Introspector introspectorOf(IssuerConfig issuer, Introspection introspection);
  }

  /** Prepares the first ones; {@link #start} begins to fetch keys. */
  Issuers(Collection<IssuerConfig> configs, Sources sources) {
    this(configs, sources, Map.of(), null);
  }

  private Issuers(
      Collection<IssuerConfig> configs,
      Sources sources,
      Map<String, Issuer> before,
      @Nullable Introspector introspectorBefore) {
    this.sources = sources;
    Map<String, Issuer> byName = new HashMap<>();
    before.values().forEach(issuer -> byName.put(issuer.config().name(), issuer));
    for (IssuerConfig config : configs) {
      switch (config.format()) {
        case Format.Signed(KeySource keys) ->
            byIss.put(config.issuer(), issuer(config, keys, byName.get(config.name())));
        case Format.Opaque(Introspection asked) ->
            introspector =
                introspectorBefore != null && introspectorBefore.issuer().equals(config)
                    ? introspectorBefore
                    : sources.introspectorOf(config, asked);
      }
    }
  }

  private Issuer issuer(IssuerConfig config, KeySource source, @Nullable Issuer before) {
    if (before == null || !before.keys().serves(config)) {
      IssuerKeys keys = sources.keysOf(config, source);
      fresh.add(keys);
      return new Issuer(config, keys, new ClaimsCheck(config));
    }
    return before.config().equals(config)
        ? before
        : new Issuer(config, before.keys(), new ClaimsCheck(config));
  }

  /** {@return those of the next configuration; {@link #start} begins to fetch what is new} */
  Issuers next(Collection<IssuerConfig> configs) {
    return new Issuers(configs, sources, byIss, introspector);
  }

  /** Begins to fetch the keys that no configuration before had. */
  void start() {
    fresh.forEach(IssuerKeys::start);
  }

  /** {@return done once the first attempt to get each key set that is new has ended} */
  CompletableFuture<Void> firstAttempts() {
    return CompletableFuture.allOf(
        fresh.stream().map(IssuerKeys::firstAttempt).toArray(CompletableFuture<?>[]::new));
  }

  /** {@return what is configured of those whose tokens are signed} */
  List<IssuerConfig> signing() {
    return byIss.values().stream().map(Issuer::config).toList();
  }

  /** {@return who is asked about tokens that say nothing themselves, or null} */
  @Nullable Introspector introspector() {
    return introspector;
  }

  /** {@return the issuer that this token says it is of, or null} */
  @Nullable Issuer of(SignedToken token) {
    return token.claims().get("iss") instanceof String iss ? byIss.get(iss) : null;
  }

  /** {@return whether {@code issuer} is one of these, configured as it was} */
  boolean has(Issuer issuer) {
    return issuer.equals(byIss.get(issuer.config().issuer()));
  }

  /** {@return the names of those whose tokens can't be checked now} */
  Set<String> withoutKeys() {
    return byIss.values().stream()
        .filter(issuer -> issuer.keys().current() == null)
        .map(issuer -> issuer.config().name())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Stops fetching the keys that {@code next} has no use for; null stands for none. */
  void close(@Nullable Issuers next) {
    Set<IssuerKeys> kept = new HashSet<>();
    if (next != null) {
      next.byIss.values().forEach(issuer -> kept.add(issuer.keys()));
    }
    byIss.values().stream()
        .map(Issuer::keys)
        .filter(keys -> !kept.contains(keys))
        .forEach(IssuerKeys::close);
  }
}
