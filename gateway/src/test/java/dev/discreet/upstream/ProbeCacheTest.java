package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import dev.discreet.config.UpstreamConfig;
import dev.discreet.policy.Existence;
import org.junit.jupiter.api.Test;

class ProbeCacheTest {
  private static final UpstreamConfig.Probe PROBE =
      Fixture.config(8080, Fixture.Settings.usual()).probe();

  @Test
  void longNamesCountForMore() {
    Cache<ProbeKey, Existence> cache = ProbeCache.of(PROBE);
    String longName = "/" + "a".repeat(8 << 10);
    for (int i = 0; i < PROBE.entries() / 10; i++) {
      cache.put(new ProbeKey("api", "", longName + i, ""), Existence.PRESENT);
    }
    cache.cleanUp();
    assertThat(cache.estimatedSize()).isBetween(1L, PROBE.entries() / 16L);
  }

  @Test
  void asManyOrdinaryNamesAsConfiguredAreRemembered() {
    Cache<ProbeKey, Existence> cache = ProbeCache.of(PROBE);
    for (int i = 0; i < PROBE.entries(); i++) {
      cache.put(new ProbeKey("api", "", "/accounts/a1/documents/" + i, ""), Existence.PRESENT);
    }
    cache.cleanUp();
    assertThat(cache.estimatedSize()).isEqualTo(PROBE.entries());
  }
}
