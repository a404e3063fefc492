package dev.discreet.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Eventually;
import dev.discreet.testing.GatewayProcess;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two gateways behind a balancer, under load, while all that changes in a long life does so: the
 * configuration, both addresses of the upstream, the issuer's keys, and the gateways themselves.
 */
@Timeout(300)
class RollingTest {
  private static final boolean LONG = Boolean.getBoolean("discreet.soak");
  private static final int RELOADS = LONG ? 50 : 6;
  private static final int RESTARTS = LONG ? 20 : 4;

  /**
   * A request that was sent so soon after its upstream was killed met it still: no gateway can know
   * of the end before it was told.
   */
  private static final long NEWS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Kill(long beganNanos, long endedNanos) {}

  @TempDir private Path folder;
  private final Queue<Kill> kills = new ConcurrentLinkedQueue<>();
  private final AtomicReference<String> token = new AtomicReference<>("");

  @SuppressWarnings("NullAway.Init")
  private TestIssuer issuer;

  private final List<RestartedApi> apis = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    issuer = new TestIssuer();
    token.set(SteadyCallers.token(issuer));
    apis.add(new RestartedApi());
    apis.add(new RestartedApi());
  }

  @AfterEach
  void stop() throws Exception {
    issuer.close();
    for (RestartedApi api : apis) {
      api.close();
    }
  }

  private String config(int version) {
    return """
    listen: 127.0.0.1:0
    admin: 127.0.0.1:0
    timeouts: {lameDuck: 2s, drain: 10s}
    issuers: {main: {issuer: '%1$s', audiences: [tests], jwks: '%1$s/jwks'}}
    upstreams: {api: {urls: ['%2$s', '%3$s'], probe: {timeout: 10s}, health: {path: /health, every: 200ms, timeout: 10s}}}
    headers: {request: {set: {x-version: 'v%4$d'}}, response: {set: {x-version: 'v%4$d'}}}
    """
        .formatted(issuer.issuer(), apis.get(0).url(), apis.get(1).url(), version);
  }

  /** L-06, among the rest. */
  @Test
  void nothingFailsButWhatWasUnderWayToAKilledUpstream() throws Exception {
    try (GatewayProcess one =
            new GatewayProcess(
                folder,
                Map.of("gateway.yaml", config(0), "policy.yaml", SteadyCallers.POLICY),
                "-Xmx256m");
        GatewayProcess other = new GatewayProcess(folder, Map.of(), "-Xmx256m");
        LaggingBalancer balancer = new LaggingBalancer(one.ready(), other.ready());
        SteadyCallers callers = new SteadyCallers(balancer.address(), token::get, 12, 4);
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<?> restarts = thread.submit(() -> restartAll(callers));
      for (int i = 1; i <= RELOADS; i++) {
        reload(i, i <= RELOADS * 3 / 4 ? List.of(one, other) : List.of(other));
        if (i == RELOADS / 2) {
          issuer.overlap();
          token.set(SteadyCallers.token(issuer));
        }
        if (i == RELOADS * 3 / 4) {
          one.terminate();
        }
      }
      restarts.get(120, TimeUnit.SECONDS);
      assertThat(one.exitCode()).isZero();
      assertThat(one.output()).contains("down; connections cut: 0");

      List<SteadyCallers.Failure> failed = callers.end();
      assertThat(failed).filteredOn(failure -> !isExplained(failure)).isEmpty();
      assertThat(callers.answered()).isGreaterThan(100 * RESTARTS);
      assertThat(callers.versions())
          .containsAll(IntStream.rangeClosed(1, RELOADS).mapToObj(i -> "v" + i).toList());
    }
  }

  /**
   * What may be sent again is (SPEC §6), so that it does not fail at all; of the rest, what met a
   * killed upstream is told so.
   */
  private boolean isExplained(SteadyCallers.Failure failure) {
    return failure.step().method().equals("POST")
        && failure.status() == 502
        && kills.stream()
            .anyMatch(kill -> failure.during(kill.beganNanos(), kill.endedNanos() + NEWS_NANOS));
  }

  private void reload(int version, List<GatewayProcess> gateways) throws Exception {
    Path beside = Files.writeString(folder.resolve(".gateway.yaml"), config(version));
    Files.move(beside, folder.resolve("gateway.yaml"), StandardCopyOption.ATOMIC_MOVE);
    for (GatewayProcess gateway : gateways) {
      Eventually.holds("version " + version, () -> serves(gateway, "v" + version));
    }
  }

  private static boolean serves(GatewayProcess gateway, String version) throws Exception {
    try (RawClient client = new RawClient(gateway.address())) {
      return client
          .send(TestGateway.request("GET", "/accounts/a1/login-options"))
          .read("GET")
          .value("x-version")
          .equals(version);
    }
  }

  private Void restartAll(SteadyCallers callers) throws Exception {
    for (int i = 0; i < RESTARTS; i++) {
      RestartedApi api = apis.get(i % 2);
      if (i / 2 % 2 == 0) {
        long began = System.nanoTime();
        api.kill();
        kills.add(new Kill(began, System.nanoTime()));
      } else {
        api.stop();
      }
      int down = callers.answered();
      Eventually.holds("the other serves", () -> callers.answered() > down + 100);
      int up = api.answered();
      api.start();
      Eventually.holds("it serves again", () -> api.answered() > up + 50);
    }
    return null;
  }
}
