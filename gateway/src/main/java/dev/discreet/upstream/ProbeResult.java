package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.policy.Existence;
import dev.discreet.telemetry.ProbeMetrics;

/**
 * What a probe found out, and how it is counted.
 *
 * @param settled whether the upstream has said its word. To a caller as whom it was asked 403 is as
 *     final as 404, and remembered as long: else he could tell the two by which is asked for again
 */
record ProbeResult(Finding finding, ProbeMetrics.Result label, boolean settled) {
  private static final int FAILURES = 500;

  static ProbeResult unknown(String failure) {
    return new ProbeResult(Finding.unknown(failure), ProbeMetrics.Result.UNKNOWN, false);
  }

  static ProbeResult of(int status, UpstreamConfig.Probe probe) {
    if (probe.present().stream().anyMatch(range -> range.includes(status))) {
      return new ProbeResult(Finding.of(Existence.PRESENT), ProbeMetrics.Result.PRESENT, true);
    }
    if (probe.absent().stream().anyMatch(range -> range.includes(status))) {
      return new ProbeResult(Finding.of(Existence.ABSENT), ProbeMetrics.Result.ABSENT, true);
    }
    return new ProbeResult(
        Finding.unknown("answered " + status),
        status == 401 || status == 403 ? ProbeMetrics.Result.REFUSED : ProbeMetrics.Result.UNKNOWN,
        status < FAILURES);
  }
}
