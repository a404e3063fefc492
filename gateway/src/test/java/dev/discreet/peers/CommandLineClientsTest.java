package dev.discreet.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** curl and nghttp, by each protocol that they speak. */
@Timeout(90)
class CommandLineClientsTest {
  private static final int LARGE = 8 << 20;

  @TempDir private Path folder;
  private final ClientsWorld world;

  CommandLineClientsTest() throws IOException {
    world = new ClientsWorld();
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(command)
            .redirectError(folder.resolve("errors").toFile())
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor())
        .as("%s: %s", command, Files.readString(folder.resolve("errors")))
        .isZero();
    return Files.readString(said, StandardCharsets.ISO_8859_1);
  }

  private Path body(int octets) throws IOException {
    return Files.writeString(folder.resolve("body"), "x".repeat(octets));
  }

  @ParameterizedTest
  @CsvSource({
    "false, --http1.1, 1.1",
    "false, --http2-prior-knowledge, 2",
    "true, --http1.1, 1.1",
    "true, --http2, 2"
  })
  void curl(boolean tls, String protocol, String version) throws Exception {
    String curl = Peer.needed("curl");
    List<String> always =
        List.of(curl, "-sS", protocol, "--cacert", ClientsWorld.certificate(folder).toString());
    Curl client = new Curl(always, version, tls);
    client.says("200", "hello", "/hello");
    client.says("200", "content-length: 5", "/hello", "--head");
    client.says("304", "", "/hello", "-H", "If-None-Match: \"1\"");
    client.says("204", "", "/nothing");
    client.says("200", "in parts", "/chunked");
    client.says("401", "\"status\":401", "/own/hello");
    client.says("200", "a body", "/echo", "-d", "a body");
    client.says("200", "in chunks", "/echo", "-H", "Transfer-Encoding: chunked", "-d", "in chunks");
    client.says("200", "x".repeat(LARGE), "/large");
    // So much that it waits for 100 of its own accord.
    String body = "@" + body(2 << 20);
    client.says("200", "x".repeat(2 << 20), "/echo", "--data-binary", body);
    if (version.equals("1.1")) {
      // By HTTP/2 some of its releases lose an answer that overtakes the upload (curl's #22984).
      client.says("413", "", "/early", "--data-binary", body);
    }
  }

  /** By one protocol, with some options. */
  private final class Curl {
    private final List<String> always;
    private final String version;
    private final boolean tls;

    Curl(List<String> always, String version, boolean tls) {
      this.always = always;
      this.version = version;
      this.tls = tls;
    }

    void says(String status, String body, String path, String... options) throws Exception {
      List<String> command = new ArrayList<>(always);
      command.addAll(List.of(options));
      command.addAll(List.of("-w", "\n%{http_code} %{http_version}\n", world.url(tls, path)));
      String said = run(command);
      assertThat(said).as("%s", command).endsWith("\n" + status + " " + version + "\n");
      assertThat(said.substring(0, said.length() - status.length() - version.length() - 3))
          .as("%s", command)
          .containsIgnoringCase(body)
          .hasSizeGreaterThanOrEqualTo(body.length());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nghttp(boolean tls) throws Exception {
    String nghttp = Peer.needed("nghttp");
    String body = body(100_000).toString();
    assertThat(run(List.of(nghttp, "-v", world.url(tls, "/hello"), world.url(tls, "/chunked"))))
        .contains(":status: 200", "hello", "in parts");
    String many = run(List.of(nghttp, "-nv", "-m", "3", world.url(tls, "/large")));
    assertThat(many.split(":status: 200", -1)).hasSize(4);
    assertThat(run(List.of(nghttp, "-d", body, world.url(tls, "/echo"))))
        .isEqualTo("x".repeat(100_000));
    assertThat(run(List.of(nghttp, "--expect-continue", "-v", "-d", body, world.url(tls, "/echo"))))
        .contains(":status: 100", ":status: 200");
    assertThat(run(List.of(nghttp, "--trailer=x-sum: 1", "-d", body, world.url(tls, "/echo"))))
        .isEqualTo("x".repeat(100_000));
    assertThat(run(List.of(nghttp, "-nv", "-d", body, world.url(tls, "/early"))))
        .contains(":status: 413");
  }
}
