package dev.discreet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The names and labels of SPEC §8, which dashboards and alerts depend on. */
class MetricsTest {
  private final Telemetry telemetry =
      Telemetry.create(
          Lines.JSON,
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void requests() {
    RequestMetrics requests = telemetry.requests();
    requests.finished("/documents/{id}", "GET", 404, DecisionLabel.CONCEALED, 3_000_000);
    requests.finished("/documents/{id}", "GET", 404, DecisionLabel.CONCEALED, 30_000_000);
    assertScraped(
        "discreet_requests_total{decision=\"concealed\",method=\"GET\",route=\"/documents/{id}\","
            + "status=\"404\"} 2.0",
        "discreet_request_duration_seconds_bucket{method=\"GET\",route=\"/documents/{id}\","
            + "le=\"0.005\"} 1",
        "discreet_request_duration_seconds_bucket{method=\"GET\",route=\"/documents/{id}\","
            + "le=\"+Inf\"} 2",
        "discreet_request_duration_seconds_count{method=\"GET\",route=\"/documents/{id}\"} 2");
  }

  @Test
  void methodsThatClientsInventAreOne() {
    RequestMetrics requests = telemetry.requests();
    for (String method : new String[] {"BREW", "get", "A".repeat(100), "GET\"} 1\nx{a=\""}) {
      requests.finished("none", method, 401, DecisionLabel.UNAUTHENTICATED, 1);
    }
    requests.finished("none", "PROPFIND", 401, DecisionLabel.UNAUTHENTICATED, 1);
    assertScraped(
        "discreet_requests_total{decision=\"unauthenticated\",method=\"other\",route=\"none\","
            + "status=\"401\"} 4.0",
        "discreet_requests_total{decision=\"unauthenticated\",method=\"PROPFIND\",route=\"none\","
            + "status=\"401\"} 1.0");
    assertThat(telemetry.scrape().lines().filter(l -> l.startsWith("discreet_requests_total")))
        .hasSize(2);
  }

  @Test
  void whatIsObserved() {
    telemetry.requests().observed("/documents/{id}", "GET", DecisionLabel.CONCEALED);
    telemetry.requests().observed("/documents/{id}", "GET", DecisionLabel.CONCEALED);
    telemetry.requests().observed("/documents/{id}", "BREW", DecisionLabel.METHOD);
    assertScraped(
        "discreet_observed_total{decision=\"concealed\",method=\"GET\","
            + "route=\"/documents/{id}\"} 2.0",
        "discreet_observed_total{decision=\"method\",method=\"other\","
            + "route=\"/documents/{id}\"} 1.0");
  }

  @Test
  void conditionsThatCannotBeEvaluated() {
    telemetry.conditions().failed("grants.yaml:4");
    telemetry.conditions().failed("grants.yaml:4");
    assertScraped("discreet_condition_failures_total{grant=\"grants.yaml:4\"} 2.0");
  }

  @Test
  void tokensAndKeySets() {
    telemetry.tokens().checked("main", "valid");
    telemetry.tokens().checked("unknown", "wrong issuer");
    telemetry.tokens().jwksRefreshed("main", true);
    telemetry.tokens().jwksRefreshed("main", false);
    assertScraped(
        "discreet_tokens_total{issuer=\"main\",result=\"valid\"} 1.0",
        "discreet_tokens_total{issuer=\"unknown\",result=\"wrong issuer\"} 1.0",
        "discreet_jwks_refreshes_total{issuer=\"main\",result=\"success\"} 1.0",
        "discreet_jwks_refreshes_total{issuer=\"main\",result=\"failure\"} 1.0");
  }

  @Test
  void probesAndUpstreams() {
    for (ProbeMetrics.Result result : ProbeMetrics.Result.values()) {
      telemetry.probes().probed("documents", result);
    }
    telemetry.upstreams().answered("documents", 2_000_000_000);
    assertScraped(
        "discreet_probes_total{result=\"present\",upstream=\"documents\"} 1.0",
        "discreet_probes_total{result=\"absent\",upstream=\"documents\"} 1.0",
        "discreet_probes_total{result=\"unknown\",upstream=\"documents\"} 1.0",
        "discreet_probes_total{result=\"refused\",upstream=\"documents\"} 1.0",
        "discreet_probes_total{result=\"cached\",upstream=\"documents\"} 1.0",
        "discreet_upstream_duration_seconds_sum{upstream=\"documents\"} 2.0",
        "discreet_upstream_duration_seconds_bucket{upstream=\"documents\",le=\"2.5\"} 1");
  }

  @Test
  void whatNoConfigurationNamesAnyMoreIsGoneAndMayComeBack() {
    record("kept");
    record("gone");
    record("none");
    telemetry.tokens().checked("unknown", "malformed");
    telemetry.change(Lines.JSON, Set.of("kept"), Set.of("kept"), Set.of("kept"), Set.of("kept"));
    assertThat(telemetry.scrape())
        .doesNotContain("\"gone\"")
        .contains("route=\"none\"", "issuer=\"unknown\"")
        .contains("route=\"kept\"", "issuer=\"kept\"", "upstream=\"kept\"");

    record("gone");
    assertScraped(
        "discreet_requests_total{decision=\"forward\",method=\"GET\",route=\"gone\",status=\"200\"} 1.0",
        "discreet_tokens_total{issuer=\"gone\",result=\"valid\"} 1.0",
        "discreet_upstream_duration_seconds_count{upstream=\"gone\"} 1");
  }

  private void record(String name) {
    telemetry.requests().finished(name, "GET", 200, DecisionLabel.FORWARD, 1);
    telemetry.tokens().checked(name, "valid");
    telemetry.tokens().jwksRefreshed(name, true);
    telemetry.probes().probed(name, ProbeMetrics.Result.PRESENT);
    telemetry.upstreams().answered(name, 1);
    telemetry.conditions().failed(name);
  }

  @Test
  void connections() {
    telemetry.requests().connectionOpened();
    telemetry.requests().connectionOpened();
    telemetry.requests().connectionClosed();
    telemetry.upstreams().connectionOpened();
    telemetry.upstreams().connectionOpened();
    telemetry.upstreams().connectionOpened();
    telemetry.upstreams().connectionClosed();
    assertScraped("discreet_connections 1.0", "discreet_upstream_connections 2.0");
  }

  @Test
  void configurationAndLogAreThereFromTheBeginning() {
    telemetry.config().loaded(Instant.ofEpochMilli(1_500));
    assertScraped(
        "discreet_config_reloads_total{result=\"success\"} 0.0",
        "discreet_config_reloads_total{result=\"failure\"} 0.0",
        "discreet_config_loaded_timestamp_seconds 1.5",
        "discreet_log_dropped_total 0.0");
  }

  @Test
  void theVirtualMachine() {
    assertThat(telemetry.scrape()).contains("\njvm_memory_used_bytes{", "\njvm_threads_live_");
  }

  @Test
  void decisionsAreNamedAsSpecified() {
    assertThat(DecisionLabel.values())
        .extracting(DecisionLabel::label)
        .containsExactly(
            "forward",
            "unauthenticated",
            "forbidden",
            "concealed",
            "absent",
            "empty",
            "method",
            "limited",
            "rejected",
            "unavailable",
            "local");
  }

  private void assertScraped(String... lines) {
    assertThat(telemetry.scrape().lines()).contains(lines);
  }
}
