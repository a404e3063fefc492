package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.LogLines;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key files and secrets that the configuration names are a part of it (SPEC §4). */
class ReloadedFilesTest {
  private static final String DOCUMENT = "/documents/1";

  @TempDir private Path secrets;

  @SuppressWarnings("NullAway.Init")
  private TestIssuer issuer;

  @SuppressWarnings("NullAway.Init")
  private CountingApi api;

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    issuer = new TestIssuer();
    api = new CountingApi().owning(DOCUMENT);
    write("keys.json", keySet());
    write("probe", "Bearer one\n");
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "gateway.yaml",
        """
        listen: 127.0.0.1:0
        admin: 127.0.0.1:0
        issuers:
          main: {issuer: "%s", audiences: [tests], jwks: {file: "%s"}}
        upstreams:
          api: {url: "%s", probe: {headers: {authorization: {file: "%s"}}}}
        routes:
          - {path: "/documents/{id}", upstream: api, methods: {GET: authenticated, PUT: w}}
        grants:
          - {to: {subject: nobody}, permissions: [w], resources: /documents/**}
        """
            .formatted(
                issuer.issuer(),
                secrets.resolve("keys.json"),
                api.url(),
                secrets.resolve("probe")));
    gateway = TestGateway.start(files);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    api.close();
    issuer.close();
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(secrets.resolve(name), content);
  }

  private String keySet() {
    return new JWKSet(issuer.key().toPublicJWK()).toString();
  }

  private int get(String caller) throws IOException {
    return gateway.call("GET", DOCUMENT, caller).status();
  }

  private String caller() {
    return DocumentsWorld.bearer(issuer.token("alice", Map.of()));
  }

  @Test
  void keysAreRotatedByTheirFile() throws Exception {
    String before = caller();
    assertThat(get(before)).isEqualTo(200);
    issuer.rotate();
    String after = caller();
    assertThat(get(after)).isEqualTo(401);
    gateway.taking(() -> write("keys.json", keySet()));
    assertThat(get(after)).isEqualTo(200);
    assertThat(get(before)).isEqualTo(401);
  }

  @Test
  void aKeyFileThatIsNoneIsRefusedAndItsContentNotTold() throws IOException {
    String caller = caller();
    try (LogLines log = LogLines.of("dev.discreet.http.ConfigReloader")) {
      gateway.refusing(() -> write("keys.json", "hunter2"));
      assertThat(log.lines())
          .contains(
              "ERROR gateway.yaml:4:70: error: issuers.main.jwks: the file "
                  + secrets.resolve("keys.json")
                  + " holds no key set (RFC 7517 §5)")
          .noneMatch(line -> line.contains("hunter2"));
    }
    assertThat(gateway.detail()).containsExactly("configuration not taken over: gateway.yaml:4:70");
    assertThat(get(caller)).isEqualTo(200);
  }

  @Test
  void aProbesCredentialIsReadAnew() throws IOException {
    gateway.call("PUT", DOCUMENT, caller());
    gateway.taking(() -> write("probe", "Bearer two\n"));
    gateway.call("PUT", DOCUMENT, caller());
    List<CountingApi.Seen> probes =
        api.seen().stream().filter(seen -> seen.method().equals("HEAD")).toList();
    assertThat(probes)
        .extracting(seen -> seen.values("authorization"))
        .containsExactly(List.of("Bearer one"), List.of("Bearer two"));
  }
}
