package dev.discreet.testing;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer with one RSA key at a time, its key set on a loopback port. */
public final class TestIssuer implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile TokenSigner signer;
  private volatile String jwks;

  /** Starts on a free port. */
  public TestIssuer() throws IOException {
    this(0);
  }

  /** Starts on a port, or on a free one for 0. */
  public TestIssuer(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    signer = new TokenSigner("http://127.0.0.1:" + server.getAddress().getPort(), "k1");
    jwks = signer.jwks();
    server.createContext(
        "/jwks",
        exchange -> {
          fetches.incrementAndGet();
          byte[] keys = jwks.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("content-type", "application/json");
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    server.start();
  }

  /** Signs with a new key from now on, which whoever has read the key set does not know. */
  public void rotate() {
    TokenSigner next = new TokenSigner(issuer(), "k2");
    jwks = next.jwks();
    signer = next;
  }

  /**
   * Signs with a new key from now on, which is served beside the one before.
   *
   * @return who signs with the one before
   */
  public TokenSigner overlap() {
    TokenSigner before = signer;
    TokenSigner next = new TokenSigner(issuer(), "k2");
    jwks = new JWKSet(List.of(before.key().toPublicJWK(), next.key().toPublicJWK())).toString();
    signer = next;
    return before;
  }

  /** {@return how often its keys were fetched} */
  public int fetches() {
    return fetches.get();
  }

  /** {@return its {@code iss}} */
  public String issuer() {
    return signer.issuer();
  }

  /** {@return a valid token of {@code subject} with further claims} */
  public String token(String subject, Map<String, Object> claims) {
    return signer.token(subject, claims);
  }

  /** {@return the key that signs, with its private part} */
  public RSAKey key() {
    return signer.key();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
