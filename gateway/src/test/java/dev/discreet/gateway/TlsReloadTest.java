package dev.discreet.gateway;

import static dev.discreet.gateway.TlsWorld.CLIENT;
import static dev.discreet.gateway.TlsWorld.SERVER;
import static dev.discreet.gateway.TlsWorld.STRANGER;
import static dev.discreet.testing.DocumentsWorld.HIDDEN;
import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Eventually;
import dev.discreet.testing.LogLines;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.SelfSigned;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Certificates that are swapped on disk under a running gateway. */
@Tag("tls")
class TlsReloadTest {
  private static final int SWAPS = 6;

  @SuppressWarnings("NullAway.Init")
  private TlsWorld world;

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  @BeforeEach
  void start() throws IOException {
    world = new TlsWorld(TlsWorld.ASKED);
    gateway = world.gateway();
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  private void serve(SelfSigned next) throws IOException {
    gateway.taking(
        () -> {
          gateway.write("server.key", next.key());
          gateway.write("server.pem", next.certificate());
        });
  }

  /** {@return whether a connection that begins now is served by this certificate} */
  private boolean serves(SelfSigned certificate) throws Exception {
    try (SSLSocket socket = world.connectBy(certificate.client(null))) {
      socket.startHandshake();
      return true;
    } catch (SSLHandshakeException untrusted) {
      return false;
    }
  }

  /** L-12. */
  @Test
  void noRequestFailsWhileCertificatesAreSwapped() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<Future<Integer>> answered = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (int i = 0; i < 3; i++) {
          RawClient client = new RawClient(world.connect(null));
          answered.add(clients.submit(() -> ask(client, over)));
        }
        for (int i = 1; i <= SWAPS; i++) {
          SelfSigned next = i % 2 == 0 ? SERVER : STRANGER;
          serve(next);
          assertThat(serves(next)).isTrue();
          assertThat(serves(i % 2 == 0 ? STRANGER : SERVER)).isFalse();
        }
      } finally {
        over.set(true);
      }
      for (Future<Integer> one : answered) {
        assertThat(one.get(10, TimeUnit.SECONDS)).isGreaterThan(2 * SWAPS);
      }
    }
  }

  /** On one connection from the first certificate to the last. */
  private int ask(RawClient client, AtomicBoolean over) throws IOException {
    String caller = world.member(Map.of());
    int answered = 0;
    try (client) {
      while (!over.get()) {
        for (String target : List.of(OWN, HIDDEN)) {
          int status = client.send(TestGateway.request("GET", target, caller)).read("GET").status();
          assertThat(status).isEqualTo(target.equals(OWN) ? 200 : 404);
          answered++;
        }
      }
    }
    return answered;
  }

  /** L-12. */
  @Test
  void whatIsBrokenLeavesTheOldOneInForceAndIsTold() throws Exception {
    try (LogLines log = LogLines.of("dev.discreet.http.ConfigReloader")) {
      refusing("server.pem", "not yet written");
      assertThat(log.lines())
          .anyMatch(line -> line.endsWith("server.pem holds no certificates in PEM"));
      gateway.taking(() -> gateway.write("server.pem", SERVER.certificate()));

      refusing("server.key", STRANGER.key());
      assertThat(log.lines())
          .anyMatch(
              line -> line.endsWith("server.key holds another key than that of the certificate"));
      gateway.taking(() -> gateway.write("server.key", SERVER.key()));
      assertThat(gateway.detail()).isEmpty();
    }
  }

  /** L-08: files of a Kubernetes secret, whose certificate and key change in one step. */
  @Test
  void bothFilesAreSwappedBehindOneLink() throws Exception {
    Path folder = gateway.folder();
    mount(folder.resolve("..1"), SERVER);
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
    for (String file : List.of("server.pem", "server.key")) {
      Path link = Files.createSymbolicLink(folder.resolve(".link"), Path.of("..data", file));
      Files.move(link, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }
    mount(folder.resolve("..2"), STRANGER);
    Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
    Files.move(next, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    Eventually.holds("the next one is served", () -> serves(STRANGER));
    assertThat(serves(SERVER)).isFalse();
    assertThat(gateway.metric("discreet_config_reloads_total{result=\"failure\"}")).isZero();
    assertThat(gateway.detail()).isEmpty();
  }

  private static void mount(Path version, SelfSigned certificate) throws IOException {
    Files.createDirectory(version);
    Files.writeString(version.resolve("server.pem"), certificate.certificate());
    Files.writeString(version.resolve("server.key"), certificate.key());
  }

  private void refusing(String file, String content) throws Exception {
    gateway.refusing(() -> gateway.write(file, content));
    assertThat(gateway.detail())
        .singleElement()
        .asString()
        .startsWith("configuration not taken over: gateway.yaml:1:");
    assertThat(serves(SERVER)).isTrue();
    assertThat(world.call(world.connect(null), "GET", OWN, world.member(Map.of())).status())
        .isEqualTo(200);
  }

  /** What a connection has shown counts as long as it is open. */
  @Test
  void clientsAreTrustedByWhatTheFileOfAuthoritiesHoldsNow() throws Exception {
    String bound = world.bound(CLIENT);
    try (RawClient open = new RawClient(world.connect(CLIENT))) {
      assertThat(open.send(TestGateway.request("GET", OWN, bound)).read("GET").status())
          .isEqualTo(200);
      gateway.taking(() -> gateway.write("clients.pem", STRANGER.certificate()));
      assertThat(open.send(TestGateway.request("GET", OWN, bound)).read("GET").status())
          .isEqualTo(200);
    }
    String others = world.bound(STRANGER);
    assertThat(world.call(world.connect(STRANGER), "GET", OWN, others).status()).isEqualTo(200);
    assertThat(world.gateway().log()).doesNotContain("\"status\":401");
  }
}
