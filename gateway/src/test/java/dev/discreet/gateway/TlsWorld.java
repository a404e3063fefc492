package dev.discreet.gateway;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.SelfSigned;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The world of the documents, behind a listener that speaks TLS. */
final class TlsWorld implements AutoCloseable {
  static final SelfSigned SERVER = new SelfSigned();
  static final SelfSigned CLIENT = new SelfSigned();
  static final SelfSigned STRANGER = new SelfSigned();

  /** Members of {@code tls} that ask for certificates like {@link #CLIENT}'s. */
  static final String ASKED = "clientCertificates: {ca: clients.pem}";

  static final String REQUIRED = "clientCertificates: {ca: clients.pem, required: true}";

  private final DocumentsWorld world;
  private final TestGateway gateway;

  TlsWorld(String members) throws IOException {
    this(members, UnaryOperator.identity());
  }

  /**
   * Starts it.
   *
   * @param members further ones of {@code tls}
   * @param change of the rest of gateway.yaml
   */
  TlsWorld(String members, UnaryOperator<String> change) throws IOException {
    world = new DocumentsWorld();
    gateway = TestGateway.start(files(world, members, change));
  }

  static Map<String, String> files(
      DocumentsWorld world, String members, UnaryOperator<String> change) {
    Map<String, String> files = new HashMap<>();
    files.put("routes/documents.yaml", world.file("routes/documents.yaml"));
    files.put("permissions/grants.yaml", world.file("permissions/grants.yaml"));
    files.put("server.pem", SERVER.certificate());
    files.put("server.key", SERVER.key());
    files.put("clients.pem", CLIENT.certificate());
    String tls = "certificate: server.pem, key: server.key, " + members;
    files.put(
        "gateway.yaml",
        change.apply(
            world
                .file("gateway.yaml")
                .replace(
                    "listen: 127.0.0.1:0",
                    "listen: [{address: '127.0.0.1:0', tls: {%s}}]".formatted(tls))));
    return files;
  }

  TestGateway gateway() {
    return gateway;
  }

  CountingApi api() {
    return world.api();
  }

  /** {@return the authorization field of a member of account a1 with further claims} */
  String member(Map<String, Object> more) {
    Map<String, Object> claims = new HashMap<>(more);
    claims.put("account", "a1");
    claims.put("scope", "documents:read documents:list documents:write");
    return DocumentsWorld.bearer(world.issuer().token("alice", claims));
  }

  /** {@return the same, whose token is bound to a certificate} */
  String bound(SelfSigned owner) throws GeneralSecurityException {
    return member(Map.of("cnf", Map.of("x5t#S256", owner.thumbprint())));
  }

  /** {@return a connection of a client with a certificate or none, before its handshake} */
  SSLSocket connect(@Nullable SelfSigned own, String... versions) throws Exception {
    return connectBy(SERVER.client(own), versions);
  }

  SSLSocket connectBy(SSLContext client, String... versions) throws IOException {
    return over(
        new Socket(InetAddress.getLoopbackAddress(), gateway.address().getPort()),
        client,
        versions);
  }

  static SSLSocket over(Socket plain, SSLContext client, String... versions) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            client.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
    if (versions.length > 0) {
      socket.setEnabledProtocols(versions);
    }
    return socket;
  }

  /** Sends one request on a connection of its own, and reads its answer. */
  RawClient.Answer call(SSLSocket socket, String method, String target, String... fields)
      throws IOException {
    try (RawClient client = new RawClient(socket)) {
      return client.send(TestGateway.request(method, target, fields)).read(method);
    }
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    world.close();
  }
}
