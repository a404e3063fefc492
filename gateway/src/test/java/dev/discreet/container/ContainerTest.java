package dev.discreet.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;

/** The image: built from the source, in front of an nginx, with the files of docker-compose.yml. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ContainerTest {
  private static final String OWN = "/accounts/a1/documents/42";
  private static final String READER = "documents:list documents:read";
  private static final String WRITER = READER + " documents:write documents:delete";

  /** What promtool exits with; what it can't parse gives 1. */
  private static final int PARSED = 0;

  private static final int PARSED_BUT_ODDLY_NAMED = 3;

  private Compose compose;

  /** Before each, not before all: what is skipped there is not even counted. */
  @BeforeEach
  void start() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "SKIPPED: no Docker engine answers, so the image was neither built nor tried");
    if (compose == null) {
      compose = new Compose();
    }
  }

  @AfterAll
  void stop() {
    if (compose != null) {
      compose.close();
    }
  }

  @Test
  void tellsEachCallerWhatThatCallerMayKnow() throws Exception {
    String reader = DevelopmentTokens.bearer(READER);

    assertThat(status("GET", OWN, "X-None: 1")).isEqualTo(401);
    assertThat(status("GET", OWN, reader)).isEqualTo(200);
    assertThat(status("DELETE", OWN, reader)).isEqualTo(403);
    assertThat(status("GET", "/accounts/a1/documents/404", reader)).isEqualTo(404);
    Answer list = ask(compose.address(), "GET", "/accounts/a1/documents", reader, "");
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.head()).containsIgnoringCase("transfer-encoding: chunked");
    assertThat(list.body()).contains("\"42\"");
  }

  @Test
  void hidesWhatBelongsToOthers() throws Exception {
    String reader = DevelopmentTokens.bearer(READER);

    Answer hidden = ask(compose.address(), "GET", "/accounts/b9/documents/7", reader, "");
    Answer missing = ask(compose.address(), "GET", "/accounts/b9/documents/8", reader, "");
    assertThat(hidden.status()).isEqualTo(404);
    assertThat(hidden.shape()).isEqualTo(missing.shape());
    Answer list = ask(compose.address(), "GET", "/accounts/b9/documents", reader, "");
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.body()).isEqualTo("[]");
  }

  @Test
  void writesAndDeletesForReal() throws Exception {
    String writer = DevelopmentTokens.bearer(WRITER);
    String path = "/accounts/a1/documents/written";

    assertThat(ask(compose.address(), "PUT", path, writer, "{}").status()).isEqualTo(201);
    assertThat(ask(compose.address(), "GET", path, writer, "").body()).isEqualTo("{}");
    assertThat(status("DELETE", path, writer)).isEqualTo(204);
    assertThat(status("GET", path, writer)).isEqualTo(404);
  }

  @Test
  void isHealthyAndMeasuredInWordsThatPrometheusReads() throws Exception {
    assertThat(compose.running().isHealthy()).isTrue();
    assertThat(ask(compose.admin(), "GET", "/livez", "X-None: 1", "").status()).isEqualTo(200);
    assertThat(ask(compose.admin(), "GET", "/readyz", "X-None: 1", "").status()).isEqualTo(200);
    String metrics = ask(compose.admin(), "GET", "/metrics", "X-None: 1", "").body();
    assertThat(metrics).contains("discreet_requests_total");

    try (GenericContainer<?> prometheus = Compose.prometheus()) {
      prometheus.withNetwork(compose.network()).waitingFor(Wait.forListeningPort()).start();
      ExecResult parsed =
          prometheus.execInContainer(
              "sh", "-c", "promtool check metrics <<'METRICS'\n" + metrics + "\nMETRICS");
      assertThat(parsed.getStderr() + parsed.getStdout()).doesNotContain("error while linting");
      assertThat(parsed.getExitCode()).as(parsed.toString()).isIn(PARSED, PARSED_BUT_ODDLY_NAMED);
    }
  }

  /** With an address space of 32 MiB it can't have more in memory. */
  @Test
  void asksForHealthWithin32MebibytesAnd300Milliseconds() throws Exception {
    ExecResult health =
        compose
            .running()
            .execInContainer("sh", "-c", "ulimit -v 32768 && timeout 0.3 /opt/discreet/health");

    assertThat(health.getExitCode()).as(health.getStderr()).isZero();
  }

  /** L-16: as the first process of a container that may write nowhere. */
  @Test
  void stopsOnSigtermOnceWhatRunsHasEnded() throws Exception {
    try (Compose stopped = new Compose();
        RawClient client = new RawClient(stopped.address())) {
      String writer = DevelopmentTokens.bearer(WRITER);
      client.send(
          "PUT /accounts/a1/documents/slow HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n"
              + "Expect: 100-continue\r\n"
              + writer
              + "\r\n\r\n");
      assertThat(client.read("PUT").status()).isEqualTo(100);
      client.send("ha");
      DockerClient docker = DockerClientFactory.instance().client();
      String id = stopped.running().getContainerId();
      CompletableFuture<Void> stopping =
          CompletableFuture.runAsync(() -> docker.stopContainerCmd(id).withTimeout(60).exec());
      Wait.forLogMessage(".*SIGTERM.*", 1).waitUntilReady(stopped.running());

      Answer answer = client.send("lf").read("PUT");

      assertThat(answer.status()).isEqualTo(201);
      stopping.get(60, TimeUnit.SECONDS);
      assertThat(docker.inspectContainerCmd(id).exec().getState().getExitCodeLong()).isZero();
    }
  }

  @Test
  void saysThatItHasNoConfigurationAndExits() throws Exception {
    try (GenericContainer<?> bare = Compose.gateway()) {
      bare.withStartupCheckStrategy(new Ended()).start();

      assertThat(bare.getCurrentContainerInfo().getState().getExitCodeLong()).isEqualTo(2);
      assertThat(bare.getLogs()).contains("/etc/discreet", "there is no such folder");
    }
  }

  /** Waits for the end of a container, whatever its exit code. */
  private static final class Ended extends OneShotStartupCheckStrategy {
    @Override
    public StartupStatus checkStartupState(DockerClient client, String containerId) {
      StartupStatus status = super.checkStartupState(client, containerId);
      return status == StartupStatus.FAILED ? StartupStatus.SUCCESSFUL : status;
    }
  }

  private int status(String method, String path, String field) throws IOException {
    return ask(compose.address(), method, path, field, "").status();
  }

  private static Answer ask(
      InetSocketAddress address, String method, String path, String field, String body)
      throws IOException {
    try (RawClient client = new RawClient(address)) {
      String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
      String head =
          "%s %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n%s\r\n"
              .formatted(method, path, field, length);
      return client.send(head + body).read(method);
    }
  }
}
