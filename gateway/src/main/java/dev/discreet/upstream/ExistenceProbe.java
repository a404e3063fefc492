package dev.discreet.upstream;

import dev.discreet.policy.CanonicalPath;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Resource;
import dev.discreet.policy.Route;
import dev.discreet.policy.Verdict;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks an upstream whether a resource exists, on behalf of nobody, so that nothing of a caller's
 * request but the resource is part of it; or as a caller, where the upstream alone knows what he
 * may. Remembers answers; many who ask the same at once cost one probe.
 */
public final class ExistenceProbe {
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private final Map<String, Upstream> upstreams;

  ExistenceProbe(Map<String, Upstream> upstreams) {
    this.upstreams = upstreams;
  }

  /**
   * Asks; {@code answer} is called on {@code loop}, at once where it is remembered.
   *
   * @param caller what is said of the caller, where it is asked as him
   */
  public void ask(
      Verdict.AskExistence question,
      Supplier<CallerHead> caller,
      EventLoop loop,
      Consumer<Finding> answer) {
    ProbeKey key = key(question.route(), question.resource());
    UpstreamProbes probes = Upstream.of(upstreams, key.upstream()).probes();
    if (question.asCaller()) {
      probes.askAs(caller.get(), key, loop, answer);
    } else {
      probes.ask(key, loop, answer);
    }
  }

  /**
   * Forgets what is known of a resource that {@code method} may change: before such a request is
   * sent and after it is answered. What a probe finds that is under way meanwhile is not
   * remembered.
   */
  public void forget(Decision.Forward permit, String method) {
    if (READS.contains(method)) {
      return;
    }
    ProbeKey key = key(permit.route(), permit.resource());
    Upstream upstream = upstreams.get(key.upstream());
    // Another configuration's permit may name an upstream that this one does not have.
    if (upstream != null) {
      upstream.probes().forget(key);
    }
  }

  private static ProbeKey key(Route route, Resource resource) {
    return new ProbeKey(
        route.forwarding().upstream(),
        resource.host() == null ? "" : resource.host(),
        CanonicalPath.of(resource.segments(), route.forwarding().stripSegments()),
        "");
  }
}
