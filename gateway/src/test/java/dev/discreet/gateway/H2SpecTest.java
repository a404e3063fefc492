package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** h2spec, a conformance test of HTTP/2 and HPACK by others, in its strict mode. */
@Timeout(240)
class H2SpecTest {
  private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";

  @TempDir private Path folder;

  @Test
  void passes() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "h2spec is a program for Linux on x86-64");
    try (CountingApi api = new CountingApi();
        TestGateway gateway = gateway(api)) {
      api.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
      String said =
          run(
              unpacked().resolve("h2spec").toString(),
              "--strict",
              "-h",
              "127.0.0.1",
              "-p",
              String.valueOf(gateway.address().getPort()));
      assertThat(said).contains("146 tests, 146 passed, 0 skipped, 0 failed");
    }
  }

  private static TestGateway gateway(CountingApi api) throws IOException {
    return TestGateway.start(
        Map.of(
            "gateway.yaml",
            """
            listen: 127.0.0.1:0
            admin: 127.0.0.1:0
            upstreams: {api: {url: '%s'}}
            routes:
              - {path: /, upstream: api, methods: {GET: public, POST: public, HEAD: public}}
            """
                .formatted(api.url())));
  }

  private Path unpacked() throws IOException, InterruptedException {
    Path archive = folder.resolve("h2spec.tar.gz");
    try (InputStream in =
        Objects.requireNonNull(H2SpecTest.class.getResourceAsStream(ARCHIVE), ARCHIVE)) {
      Files.copy(in, archive);
    }
    run("tar", "-xzf", archive.toString(), "-C", folder.toString());
    return folder;
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return said;
  }
}
