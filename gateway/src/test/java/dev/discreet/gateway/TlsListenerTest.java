package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.SelfSigned;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener that speaks TLS, and tokens bound to clients' certificates (RFC 8705). */
class TlsListenerTest {
  private final SelfSigned server = new SelfSigned();
  private final SelfSigned client = new SelfSigned();
  private final SelfSigned stranger = new SelfSigned();

  @SuppressWarnings("NullAway.Init")
  private DocumentsWorld world;

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    world = new DocumentsWorld();
    Map<String, String> files = new HashMap<>();
    files.put("routes/documents.yaml", world.file("routes/documents.yaml"));
    files.put("permissions/grants.yaml", world.file("permissions/grants.yaml"));
    files.put("server.pem", server.certificate());
    files.put("server.key", server.key());
    files.put("clients.pem", client.certificate());
    files.put(
        "gateway.yaml",
        world
            .file("gateway.yaml")
            .replace(
                "listen: 127.0.0.1:0",
                "listen: [{address: '127.0.0.1:0', tls: {certificate: server.pem, key: server.key,"
                    + " clientCertificates: {ca: clients.pem}}}]"));
    gateway = TestGateway.start(files);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    world.close();
  }

  private HttpResponse<String> get(SSLContext tls, String token) throws Exception {
    try (HttpClient http = HttpClient.newBuilder().sslContext(tls).build()) {
      return http.send(
          HttpRequest.newBuilder(
                  URI.create("https://127.0.0.1:" + gateway.address().getPort() + OWN))
              .header("authorization", "Bearer " + token)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private String token(Map<String, Object> more) {
    Map<String, Object> claims = new HashMap<>(more);
    claims.put("account", "a1");
    claims.put("scope", "documents:read");
    return world.issuer().token("alice", claims);
  }

  @Test
  void requestsComeOverTlsAndUpstreamsAreToldSo() throws Exception {
    assertThat(get(server.client(null), token(Map.of())).statusCode()).isEqualTo(200);
    assertThat(world.api().seen().getLast().values("x-forwarded-proto")).containsExactly("https");
    assertThat(world.api().seen().getLast().values("forwarded").getFirst())
        .contains(";proto=https");
  }

  @Test
  void aBoundTokenNeedsItsCertificate() throws Exception {
    String bound = token(Map.of("cnf", Map.of("x5t#S256", client.thumbprint())));
    assertThat(get(server.client(client), bound).statusCode()).isEqualTo(200);
    assertThat(get(server.client(null), bound).statusCode()).isEqualTo(401);
    String others = token(Map.of("cnf", Map.of("x5t#S256", stranger.thumbprint())));
    assertThat(get(server.client(client), others).statusCode()).isEqualTo(401);
  }

  @Test
  void theLastAnswerEndsWithCloseNotify() throws Exception {
    try (SSLSocket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              TestGateway.request("GET", OWN, "connection: close")
                  .getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      // Without close_notify the JDK throws here.
      assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
          .startsWith("HTTP/1.1 401 ");
    }
  }

  private SSLSocket connect() throws Exception {
    SSLSocket socket =
        (SSLSocket)
            server
                .client(null)
                .getSocketFactory()
                .createSocket("127.0.0.1", gateway.address().getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  @Test
  void cleartextIsNoRequest() throws Exception {
    try (RawClient raw = new RawClient(gateway.address())) {
      raw.send(TestGateway.request("GET", OWN)).readToEnd();
    }
    assertThat(get(server.client(null), token(Map.of())).statusCode()).isEqualTo(200);
    assertThat(gateway.logged("\"status\":200")).isNotEmpty();
    assertThat(gateway.log()).doesNotContain("\"status\":400");
  }

  @Test
  void anotherCertificateIsTakenOver() throws Exception {
    SelfSigned next = new SelfSigned();
    gateway.taking(
        () -> {
          try {
            gateway.write("server.key", next.key());
            gateway.write("server.pem", next.certificate());
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(get(next.client(null), token(Map.of())).statusCode()).isEqualTo(200);
  }
}
