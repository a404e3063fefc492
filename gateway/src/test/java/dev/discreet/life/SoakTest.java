package dev.discreet.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.discreet.testing.EchoSocket;
import dev.discreet.testing.GatewayProcess;
import dev.discreet.testing.LinuxMemory;
import dev.discreet.testing.TestIssuer;
import dev.discreet.upstream.RawUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a gateway holds does not grow while it serves all kinds of clients, and its configuration
 * changes. Each look is written to {@code target/soak.csv}.
 */
class SoakTest {
  private static final boolean LONG = Boolean.getBoolean("discreet.soak");
  private static final Duration EVERY = LONG ? Duration.ofSeconds(20) : Duration.ofSeconds(4);
  private static final int LOOKS = LONG ? 60 : 20;

  @TempDir private Path folder;
  private final AtomicReference<String> token = new AtomicReference<>("");

  private static String config(
      TestIssuer issuer, RestartedApi api, RawUpstream rough, EchoSocket echo, int version) {
    return """
    listen: 127.0.0.1:0
    admin: 127.0.0.1:0
    log: {requests: false}
    issuers: {main: {issuer: '%1$s', audiences: [tests], jwks: '%1$s/jwks'}}
    upstreams:
      api: {url: '%2$s', probe: {timeout: 10s, cache: {present: 100ms, absent: 100ms}}}
      rough: {url: 'http://127.0.0.1:%3$d'}
      echo: {url: '%4$s'}
    headers: {request: {set: {x-version: 'v%5$d'}}, response: {set: {x-version: 'v%5$d'}}}
    """
        .formatted(issuer.issuer(), api.url(), rough.port(), echo.url(), version);
  }

  private void write(String name, String text) throws IOException {
    Path beside = Files.writeString(folder.resolve("." + name), text);
    Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void whatIsHeldDoesNotGrow() throws Exception {
    assumeTrue(LinuxMemory.isThere(), "needs Linux: /proc tells what a process holds");
    write("policy.yaml", SteadyCallers.POLICY);
    write("rough.yaml", RoughClients.ROUTES);
    List<Vitals> looks = new ArrayList<>();
    try (TestIssuer issuer = new TestIssuer();
        RestartedApi api = new RestartedApi();
        RawUpstream rough = RoughClients.api();
        EchoSocket echo = new EchoSocket();
        GatewayProcess gateway =
            new GatewayProcess(
                folder,
                Map.of("gateway.yaml", config(issuer, api, rough, echo, 0)),
                Stream.concat(Stream.of("-Xmx256m"), Vitals.OPTIONS.stream())
                    .toArray(String[]::new))) {
      gateway.ready();
      token.set(SteadyCallers.token(issuer));
      try (SteadyCallers callers = new SteadyCallers(gateway.address(), token::get, 4, 2);
          RoughClients clients = new RoughClients(gateway.address())) {
        for (int i = 1; i <= LOOKS; i++) {
          // All but a quarter of them can be taken over.
          write("gateway.yaml", i % 4 == 0 ? "listen: [" : config(issuer, api, rough, echo, i));
          token.set(SteadyCallers.token(issuer));
          TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
          looks.add(Vitals.of(gateway));
        }
        assertThat(callers.end()).isEmpty();
        assertThat(clients.end()).isEmpty();
        assertThat(callers.versions()).hasSizeGreaterThan(LOOKS / 2);
      } finally {
        Files.write(Path.of("target", "soak.csv"), looks.stream().map(Vitals::line).toList());
      }
    }
    Vitals.assertFlat("heap", looks, Vitals::heap);
    Vitals.assertFlat("direct memory", looks, Vitals::direct);
    Vitals.assertFlat("descriptors", looks, Vitals::descriptors);
    Vitals.assertFlat("threads", looks, Vitals::threads);
  }
}
