package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.cli.Run;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.SelfSigned;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a gateway that speaks TLS, whose certificate it must be told to trust. */
class AuditTlsTest {
  private static final SelfSigned SERVER = new SelfSigned();
  private static final String MISSING = "/accounts/b9/documents/0";

  private final DocumentsWorld world = new DocumentsWorld();
  private final TestGateway gateway = TestGateway.start(world.overTls(SERVER));

  AuditTlsTest() throws IOException {}

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    world.close();
  }

  private List<String> arguments(String... more) {
    String token =
        world.issuer().token("carol", Map.of("account", "z1", "scope", "documents:read"));
    List<String> all = new ArrayList<>(List.of("audit", "--token", token));
    all.addAll(List.of("--url", "https://localhost:" + gateway.address().getPort()));
    all.addAll(List.of("--hidden", DocumentsWorld.HIDDEN, "--missing", MISSING));
    all.addAll(List.of(more));
    return all;
  }

  private Run audit(String... more) {
    return Run.of(arguments(more).toArray(String[]::new));
  }

  private static String trusting(SelfSigned one, Path folder) throws IOException {
    return Files.writeString(folder.resolve("ca.pem"), one.certificate()).toString();
  }

  /** With bounds that nothing exceeds: that it can time over TLS is asked here, not how long. */
  @Test
  void tellsNothingToWhoTrustsIt(@TempDir Path folder) throws IOException {
    String bounds = "--triples 120 --bound 5000ms --distance 100 --outliers 100 --ca ";
    Run run = audit((bounds + trusting(SERVER, folder)).split(" ", -1));
    assertThat(run.out())
        .contains("HTTP/1.1: hidden " + DocumentsWorld.HIDDEN)
        .contains("HTTP/2: hidden " + DocumentsWorld.HIDDEN)
        .containsPattern("Time of DELETE in HTTP/1.1, [1-9]\\d* triples")
        .containsPattern("Time of DELETE in HTTP/2, [1-9]\\d* triples")
        .contains(": the answers do not tell hidden from missing;")
        .doesNotContain("FAIL", "connections were made anew");
    assertThat(run.exit()).isZero();
    assertThat(world.api().seen()).isEmpty();
  }

  /** So that the test above proves something: over TLS too it sees what may be known. */
  @Test
  void findsWhatTheCallerMayKnow(@TempDir Path folder) throws IOException {
    Path pairs = folder.resolve("pairs");
    Files.writeString(pairs, DocumentsWorld.OWN + " " + DocumentsWorld.MISSING);
    String more = "--protocol h2 --triples 0 --pairs " + pairs + " --ca ";
    Run run = audit((more + trusting(SERVER, folder)).split(" ", -1));
    assertThat(run.out())
        .contains("FAIL      1  status and reason", "hidden   200", "missing  404");
    assertThat(run.exit()).isEqualTo(1);
  }

  @Test
  void aCertificateThatIsNotTrustedIsNoAudit(@TempDir Path folder) throws IOException {
    String url = "https://localhost:" + gateway.address().getPort();
    for (Run run :
        List.of(
            audit(),
            audit("--protocol", "h2"),
            audit("--ca", trusting(new SelfSigned(), folder)))) {
      assertThat(run.err())
          .contains(url + " can't be audited: its certificate is not trusted (see --ca)")
          .doesNotContain("sun.", "Exception");
      assertThat(run.out()).isEmpty();
      assertThat(run.exit()).isEqualTo(2);
    }
  }
}
