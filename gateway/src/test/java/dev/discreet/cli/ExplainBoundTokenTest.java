package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DpopClient;
import dev.discreet.testing.SelfSigned;
import dev.discreet.testing.TestIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are bound to a key by {@code cnf}: the answer supposes the proof, and says so. */
class ExplainBoundTokenTest {
  private static final String AUDIENCE = "audiences: [tests]";
  private static final String OWN = "/accounts/a1/documents/7";

  @TempDir private Path folder;
  private final DpopClient client = new DpopClient();

  @SuppressWarnings("NullAway.Init")
  private TestIssuer issuer;

  @SuppressWarnings("NullAway.Init")
  private ExplainFolder files;

  @BeforeEach
  void start() throws Exception {
    issuer = new TestIssuer();
    files = new ExplainFolder(folder);
    files.configure(issuer.issuer(), issuer.issuer() + "/jwks");
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private String token(Map<String, ?> confirmation) {
    Map<String, Object> claims = new HashMap<>(Map.of("account", "a1", "scope", "d:read"));
    claims.put("cnf", confirmation);
    return issuer.token("alice", claims);
  }

  private Run explain(String token, String... more) {
    String[] all = new String[more.length + 4];
    System.arraycopy(more, 0, all, 0, more.length);
    System.arraycopy(new String[] {"--token", token, "GET", OWN}, 0, all, more.length, 4);
    return files.explain(all);
  }

  private void readProofs(String demand) throws Exception {
    files.replace(AUDIENCE, AUDIENCE + ", dpop: " + demand);
    files.replace("upstreams:", "tokenFrom: [dpop, bearer]\nupstreams:");
  }

  private void askForCertificates(SelfSigned own) throws Exception {
    Files.writeString(folder.resolve("a.pem"), own.certificate());
    Files.writeString(folder.resolve("a.key"), own.key());
    files.replace(
        "upstreams:",
        "listen: [{address: '127.0.0.1:0', tls: {certificate: a.pem, key: a.key,"
            + " clientCertificates: {ca: a.pem}}}]\nupstreams:");
  }

  @Test
  void theProofOfAKeyIsSupposedAndSaid() throws Exception {
    readProofs("optional");
    String key = String.valueOf(client.confirmation().get("jkt"));
    assertThat(explain(token(client.confirmation())).out())
        .startsWith("row 5, forward: permitted")
        .contains(
            "supposed: a DPoP proof by the key jkt " + key,
            "  without that: row 1, 401: wrong signature or key",
            "1 caller      alice of issuer main",
            "  verdict     valid",
            "  needs       a DPoP proof by the key jkt " + key);
  }

  @Test
  void programsAreToldToo() throws Exception {
    readProofs("optional");
    assertThat(explain(token(client.confirmation()), "--format", "json").out())
        .contains(
            "\"row\" : \"5\"",
            "\"proofSupposed\" : true",
            "\"withoutProof\" : {",
            "\"reason\" : \"wrong signature or key\"",
            "\"bound\" : {",
            "\"jkt\" : \"" + client.confirmation().get("jkt") + "\"");
    assertThat(explain(issuer.token("alice", Map.of()), "--format", "json").out())
        .doesNotContain("proofSupposed", "withoutProof", "\"bound\"");
  }

  @Test
  void whereNoProofIsReadNoneHelps() throws Exception {
    assertThat(explain(token(client.confirmation())).out())
        .startsWith("row 1, 401")
        .contains("wrong signature or key: it is bound to a key, and dpop is disabled")
        .doesNotContain("supposed");
    files.replace(AUDIENCE, AUDIENCE + ", dpop: optional");
    assertThat(explain(token(client.confirmation())).out())
        .startsWith("row 1, 401")
        .contains("it is bound to a key, and tokenFrom names no dpop: no proof is read")
        .doesNotContain("supposed");
  }

  @Test
  void theClientsCertificateIsSupposedWhereAListenerAsksForIt() throws Exception {
    SelfSigned own = new SelfSigned();
    Map<String, String> bound = Map.of("x5t#S256", own.thumbprint());
    assertThat(explain(token(bound)).out())
        .startsWith("row 1, 401")
        .contains("it is bound to a certificate, and no listener asks clients for theirs");
    askForCertificates(own);
    assertThat(explain(token(bound)).out())
        .startsWith("row 5, forward")
        .contains("supposed: the client's certificate x5t#S256 " + own.thumbprint());
    assertThat(explain(token(bound), "--format", "json").out())
        .contains("\"x5t#S256\" : \"" + own.thumbprint() + "\"");
  }

  @Test
  void aTokenBoundInBothWaysNeedsBoth() throws Exception {
    readProofs("required");
    SelfSigned own = new SelfSigned();
    askForCertificates(own);
    Map<String, Object> bound = new HashMap<>(client.confirmation());
    bound.put("x5t#S256", own.thumbprint());
    assertThat(explain(token(bound)).out())
        .startsWith("row 5, forward")
        .contains(
            "supposed: a DPoP proof by the key jkt "
                + client.confirmation().get("jkt")
                + ", and the client's certificate x5t#S256 "
                + own.thumbprint());
  }

  @Test
  void whatIsWrongWithABoundTokenIsSaidAsEver() throws Exception {
    readProofs("required");
    assertThat(explain(issuer.token("alice", Map.of())).out())
        .startsWith("row 1, 401")
        .contains("wrong signature or key: it is bound to no key, and dpop is required");
    Map<String, Object> expired = Map.of("cnf", client.confirmation(), "exp", 1000);
    assertThat(explain(issuer.token("alice", expired)).out())
        .startsWith("row 1, 401")
        .contains("expired: exp is 1970", "  needs       a DPoP proof by the key jkt")
        .doesNotContain("supposed");
  }

  @Test
  void policyTestsSupposeItToo() throws Exception {
    readProofs("optional");
    Path tests = folder.resolveSibling(folder.getFileName() + "-tests.yaml");
    Files.writeString(
        tests,
        "callers: {alice: {token: %s}}\ntests: [{as: alice, do: GET %s, expect: forward}]\n"
            .formatted(token(client.confirmation()), OWN));
    try {
      assertThat(Run.of("test", "--config", folder.toString(), tests.toString()).out())
          .contains("1 passed, 0 failed");
    } finally {
      Files.delete(tests);
    }
  }
}
