package dev.discreet.telemetry;

import dev.discreet.config.LogConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintStream;
import java.util.Set;

/** The metrics and the request log of one gateway. */
public final class Telemetry implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final RequestMetrics requests = new RequestMetrics(registry);
  private final TokenMetrics tokens = new TokenMetrics(registry);
  private final ProbeMetrics probes = new ProbeMetrics(registry);
  private final UpstreamMetrics upstreams = new UpstreamMetrics(registry);
  private final ConditionMetrics conditions = new ConditionMetrics(registry);
  private final ConfigMetrics config = new ConfigMetrics(registry);
  private final RequestLogWriter log;

  private Telemetry(LogConfig logConfig, PrintStream out) {
    bindJvm(registry, garbageCollection);
    Counter dropped =
        Counter.builder("discreet.log.dropped")
            .description("Lines of the request log that were dropped")
            .register(registry);
    log = RequestLogWriter.start(logConfig, out, dropped);
  }

  /**
   * Begins counting and logging.
   *
   * @param log whether and how requests are logged
   * @param out where; it is never closed here
   */
  public static Telemetry create(LogConfig log, PrintStream out) {
    return new Telemetry(log, out);
  }

  private static void bindJvm(MeterRegistry registry, JvmGcMetrics garbageCollection) {
    garbageCollection.bindTo(registry);
    new JvmInfoMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** {@return every metric in Prometheus' text format, version 0.0.4} Takes milliseconds. */
  public String scrape() {
    return registry.scrape();
  }

  /**
   * The configuration was changed: logs are written as it says, and the meters of what it does not
   * name any more are gone.
   *
   * @param routes the templates of all routes
   * @param issuers the names of all issuers
   * @param upstreams the names of all upstreams
   * @param conditions where the grants with a condition stand
   */
  public void change(
      LogConfig logConfig,
      Set<String> routes,
      Set<String> issuers,
      Set<String> upstreams,
      Set<String> conditions) {
    log.change(logConfig);
    requests.retain(route -> route.equals(RequestMetrics.NO_ROUTE) || routes.contains(route));
    tokens.retain(issuer -> issuer.equals(TokenMetrics.UNKNOWN) || issuers.contains(issuer));
    probes.retain(upstreams::contains);
    this.upstreams.retain(upstreams::contains);
    this.conditions.retain(conditions::contains);
  }

  /** {@return the metrics of client connections and requests} */
  public RequestMetrics requests() {
    return requests;
  }

  /** {@return the metrics of tokens and key sets} */
  public TokenMetrics tokens() {
    return tokens;
  }

  /** {@return the metrics of probes} */
  public ProbeMetrics probes() {
    return probes;
  }

  /** {@return the metrics of upstreams} */
  public UpstreamMetrics upstreams() {
    return upstreams;
  }

  /** {@return the metrics of conditions} */
  public ConditionMetrics conditions() {
    return conditions;
  }

  /** {@return the metrics of the configuration} */
  public ConfigMetrics config() {
    return config;
  }

  /** {@return the request log} */
  public RequestLogWriter log() {
    return log;
  }

  /** Writes what is still to be logged, for two seconds at most, and frees the rest. */
  @Override
  public void close() {
    log.close();
    garbageCollection.close();
    registry.close();
  }
}
