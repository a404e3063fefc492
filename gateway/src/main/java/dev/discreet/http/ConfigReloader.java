package dev.discreet.http;

import dev.discreet.config.ConfigWatcher;
import dev.discreet.config.GatewayConfig;
import dev.discreet.config.LoadResult;
import dev.discreet.config.LogConfig;
import dev.discreet.config.Problem;
import dev.discreet.policy.Grant;
import dev.discreet.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over changes of the configuration, all or nothing, on a thread of its own. What is broken
 * leaves in force what was before, and is said in the log, in {@link #detail()}, and in metrics.
 */
public final class ConfigReloader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConfigReloader.class);
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final int MOST_PLACES = 10;

  private final ConfigWatcher watcher;
  private final GatewayServer gateway;
  private final Telemetry telemetry;
  private final Consumer<LogConfig> logging;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("discreet-config").factory());
  private volatile List<String> detail = List.of();

  private ConfigReloader(
      ConfigWatcher watcher,
      GatewayServer gateway,
      Telemetry telemetry,
      Consumer<LogConfig> logging) {
    this.watcher = watcher;
    this.gateway = gateway;
    this.telemetry = telemetry;
    this.logging = logging;
  }

  /**
   * Begins to look.
   *
   * @param watcher which has read what {@code gateway} runs
   * @param logging told how the gateway's own messages are to be written
   */
  public static ConfigReloader start(
      ConfigWatcher watcher,
      GatewayServer gateway,
      Telemetry telemetry,
      Consumer<LogConfig> logging) {
    ConfigReloader reloader = new ConfigReloader(watcher, gateway, telemetry, logging);
    reloader.thread.scheduleWithFixedDelay(
        reloader::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return reloader;
  }

  /**
   * {@return where the files say what can't be taken over, without a word of what they say; empty
   * while they are in force}
   */
  public List<String> detail() {
    return detail;
  }

  private void look() {
    try {
      LoadResult found = watcher.poll(System.nanoTime(), gateway.config());
      if (found != null) {
        act(found);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Left to the executor, it would be the last look, and nobody would know.
      detail = List.of("configuration not taken over, by a fault that the log tells");
      log.error("a fault while a change of the configuration was taken over", e);
      telemetry.config().refused();
    }
  }

  /** Counts last: whoever sees the count finds the rest done. */
  private void act(LoadResult found) throws InterruptedException {
    switch (found) {
      case LoadResult.Loaded(GatewayConfig config, List<Problem> warnings) -> {
        gateway.takeOver(config);
        detail = List.of();
        logging.accept(config.log());
        warnings.forEach(warning -> log.warn("{}", warning));
        log.info("configuration taken over");
        telemetry.change(
            config.log(),
            routes(config),
            config.issuers().keySet(),
            config.upstreams().keySet(),
            conditions(config));
        telemetry.config().takenOver(Instant.now());
      }
      case LoadResult.Broken(List<Problem> problems) -> {
        List<Problem> errors =
            problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).toList();
        detail = places(errors);
        errors.forEach(error -> log.error("{}", error));
        log.error("configuration not taken over: what was in force before is so still");
        telemetry.config().refused();
      }
    }
  }

  private static Set<String> conditions(GatewayConfig config) {
    return config.grants().all().stream()
        .filter(grant -> grant.when() != null)
        .map(Grant::place)
        .collect(Collectors.toSet());
  }

  private static Set<String> routes(GatewayConfig config) {
    return config.routes().routes().stream()
        .map(route -> route.path().text())
        .collect(Collectors.toSet());
  }

  private static List<String> places(List<Problem> errors) {
    return errors.stream()
        .map(error -> "configuration not taken over: " + error.place())
        .distinct()
        .limit(MOST_PLACES)
        .toList();
  }

  /** Looks no more. Blocks until a change that is being taken over is, for two seconds at most. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      boolean _ = thread.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
