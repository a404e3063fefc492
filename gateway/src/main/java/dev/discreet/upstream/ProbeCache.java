package dev.discreet.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.discreet.config.UpstreamConfig;
import dev.discreet.policy.Existence;
import java.time.Duration;

/**
 * What probes found out, each answer for as long as its kind is remembered. Callers choose the
 * names, so an entry counts once for each {@value #OCTETS_OF_ONE} octets begun: memory is bounded
 * too.
 */
final class ProbeCache {
  private static final int OCTETS_OF_ONE = 512;

  private ProbeCache() {}

  static Cache<ProbeKey, Existence> of(UpstreamConfig.Probe probe) {
    return Caffeine.newBuilder()
        // Another thread would be woken for what takes less time than that.
        .executor(Runnable::run)
        .maximumWeight(probe.entries())
        .weigher((ProbeKey key, Existence found) -> 1 + key.length() / OCTETS_OF_ONE)
        .expireAfter(Expiry.<ProbeKey, Existence>writing((key, found) -> kept(found, probe)))
        .build();
  }

  private static Duration kept(Existence found, UpstreamConfig.Probe probe) {
    return switch (found) {
      case PRESENT -> probe.presentFor();
      case ABSENT, UNKNOWN -> probe.absentFor();
    };
  }
}
