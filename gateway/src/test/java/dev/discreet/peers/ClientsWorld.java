package dev.discreet.peers;

import com.sun.net.httpserver.HttpServer;
import dev.discreet.testing.EchoSocket;
import dev.discreet.testing.SelfSigned;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A gateway with a listener in cleartext and one by TLS, in front of {@link JdkApi}. */
final class ClientsWorld implements AutoCloseable {
  private static final SelfSigned CERTIFICATE = new SelfSigned();

  private final HttpServer api = JdkApi.start();
  private final EchoSocket chat = new EchoSocket();
  private final TestGateway gateway;

  ClientsWorld() throws IOException {
    gateway =
        TestGateway.start(
            Map.of(
                "server.pem",
                CERTIFICATE.certificate(),
                "server.key",
                CERTIFICATE.key(),
                "gateway.yaml",
                """
                listen:
                  - {address: '127.0.0.1:0'}
                  - {address: '127.0.0.1:0', tls: {certificate: server.pem, key: server.key}}
                admin: 127.0.0.1:0
                issuers:
                  main: {issuer: 'https://id.test', audiences: [tests], jwks: {file: keys.json}}
                upstreams:
                  api: {url: 'http://127.0.0.1:%d'}
                  chat: {url: '%s'}
                routes:
                  - {path: '/**', upstream: api, methods: {GET: public, POST: public}}
                  - {path: /own/hello, upstream: api, methods: {GET: authenticated}}
                  - {path: /chat, upstream: chat, methods: {GET: public}}
                """
                    .formatted(api.getAddress().getPort(), chat.url()),
                "keys.json",
                "{\"keys\": []}"));
  }

  /** {@return where the API is, for the test to add to it} */
  HttpServer api() {
    return api;
  }

  /** {@return the URL of a path, in cleartext or by TLS} */
  String url(boolean tls, String path) {
    int port = gateway.server().addresses().get(tls ? 1 : 0).getPort();
    return (tls ? "https" : "http") + "://127.0.0.1:" + port + path;
  }

  /** {@return a file with the certificate that its clients must trust} */
  static Path certificate(Path folder) throws IOException {
    return Files.writeString(folder.resolve("server.pem"), CERTIFICATE.certificate());
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    chat.close();
    api.stop(0);
  }
}
