package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.policy.Existence;
import dev.discreet.telemetry.ProbeMetrics;

/** What a probe found out, and how it is counted. */
record ProbeResult(Existence existence, ProbeMetrics.Result label) {
  static ProbeResult unknown() {
    return new ProbeResult(Existence.UNKNOWN, ProbeMetrics.Result.UNKNOWN);
  }

  static ProbeResult of(int status, UpstreamConfig.Probe probe) {
    if (probe.present().stream().anyMatch(range -> range.includes(status))) {
      return new ProbeResult(Existence.PRESENT, ProbeMetrics.Result.PRESENT);
    }
    if (probe.absent().stream().anyMatch(range -> range.includes(status))) {
      return new ProbeResult(Existence.ABSENT, ProbeMetrics.Result.ABSENT);
    }
    return status == 401 || status == 403
        ? new ProbeResult(Existence.UNKNOWN, ProbeMetrics.Result.REFUSED)
        : unknown();
  }
}
