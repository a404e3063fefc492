package dev.discreet.config;

import dev.discreet.config.IssuerConfig.Demand;
import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Grants;
import dev.discreet.policy.RouteTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that passed every check. Durations are {@link java.time.Duration}; zero means
 * off.
 *
 * @param listen where callers are served; at least one
 * @param admin where metrics and health are served
 * @param realm the realm of challenges
 * @param resourceMetadata what clients may read of the protected resource, or null
 * @param signIn where the page of a 401 leads, with {@code {return}} to be filled in, or null
 * @param issuers by name
 * @param tokenFrom where tokens may stand, the first that does counts
 * @param upstreams by name
 * @param forward what upstreams learn of the caller
 * @param cors which pages of other origins may read answers, or null where that is the upstreams'
 * @param trustedProxies whose word on the client's address counts
 * @param transport which of Netty's transports
 * @param paths which octets a segment may hold
 * @param guard how many refusals are too many
 * @param limits sizes and counts
 * @param timeouts of client connections
 * @param outliveToken whether event streams, upgraded connections and gRPC streams go on when their
 *     token has expired
 * @param log what is logged, and how
 * @param routes the routes
 * @param grants the grants
 */
public record GatewayConfig(
    List<ListenAddress> listen,
    ListenAddress admin,
    String realm,
    @Nullable ResourceMetadata resourceMetadata,
    @Nullable String signIn,
    Map<String, IssuerConfig> issuers,
    List<TokenSource> tokenFrom,
    Map<String, UpstreamConfig> upstreams,
    ForwardConfig forward,
    @Nullable CorsConfig cors,
    List<Cidr> trustedProxies,
    Transport transport,
    PathsConfig paths,
    GuardConfig guard,
    LimitsConfig limits,
    TimeoutsConfig timeouts,
    boolean outliveToken,
    LogConfig log,
    RouteTable routes,
    Grants grants) {
  public GatewayConfig {
    listen = List.copyOf(listen);
    issuers = Map.copyOf(issuers);
    tokenFrom = List.copyOf(tokenFrom);
    upstreams = Map.copyOf(upstreams);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** {@return whether some listener asks clients for certificates} */
  public boolean asksClients() {
    return listen.stream().anyMatch(ListenAddress::asksClients);
  }

  /** {@return by which algorithms DPoP proofs may be signed, sorted; none where none is read} */
  public SortedSet<String> proofAlgorithms() {
    SortedSet<String> algorithms = new TreeSet<>();
    for (IssuerConfig issuer : issuers.values()) {
      if (tokenFrom.contains(new TokenSource.Dpop())
          && issuer.binding().dpop() != Demand.DISABLED) {
        algorithms.addAll(issuer.algorithms());
      }
    }
    return algorithms;
  }

  /** {@return whether no token counts that is not bound to the key of a DPoP proof} */
  public boolean requiresProofs() {
    return !issuers.isEmpty()
        && issuers.values().stream().allMatch(issuer -> issuer.binding().dpop() == Demand.REQUIRED);
  }

  /** Which of Netty's transports carries the connections. */
  public enum Transport {
    AUTO,
    IO_URING,
    EPOLL,
    NIO
  }

  /**
   * Whether an encoded slash or a semicolon may be part of a segment.
   *
   * @param encodedSlash let {@code %2f} pass
   * @param semicolon let {@code ;} and {@code %3b} pass
   */
  public record PathsConfig(boolean encodedSlash, boolean semicolon) {}

  /**
   * What upstreams learn of the caller.
   *
   * @param stripToken whether {@code authorization} is removed
   * @param claims header name (lower case) to the claim that fills it
   * @param remove header names (lower case) that a client may not send
   */
  public record ForwardConfig(
      boolean stripToken, Map<String, ClaimPath> claims, Set<String> remove) {
    public ForwardConfig {
      claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
      remove = Set.copyOf(remove);
    }
  }
}
