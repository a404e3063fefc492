package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.policy.Existence;
import dev.discreet.telemetry.ProbeMetrics;

/** What a probe found out, and how it is counted. */
record ProbeResult(Finding finding, ProbeMetrics.Result label) {
  static ProbeResult unknown(String failure) {
    return new ProbeResult(Finding.unknown(failure), ProbeMetrics.Result.UNKNOWN);
  }

  static ProbeResult of(int status, UpstreamConfig.Probe probe) {
    if (probe.present().stream().anyMatch(range -> range.includes(status))) {
      return new ProbeResult(Finding.of(Existence.PRESENT), ProbeMetrics.Result.PRESENT);
    }
    if (probe.absent().stream().anyMatch(range -> range.includes(status))) {
      return new ProbeResult(Finding.of(Existence.ABSENT), ProbeMetrics.Result.ABSENT);
    }
    return new ProbeResult(
        Finding.unknown("answered " + status),
        status == 401 || status == 403 ? ProbeMetrics.Result.REFUSED : ProbeMetrics.Result.UNKNOWN);
  }
}
