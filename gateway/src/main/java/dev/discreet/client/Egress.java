package dev.discreet.client;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The way out to a provider: whose certificates are trusted, and through which proxy.
 *
 * @param tls verifies always, the host's name too
 * @param proxy {@code http://[user:password@]host:port} of a proxy that is asked to CONNECT (RFC
 *     9110 §9.3.6), or null for the direct way
 */
public record Egress(SslContext tls, @Nullable URI proxy) {
  /**
   * Prepares. It reads files, which no event loop may do.
   *
   * @param ca certificates in PEM that are trusted in place of the system's, or null
   * @throws IllegalArgumentException if {@code ca} holds no certificates
   */
  public static Egress of(@Nullable String ca, @Nullable URI proxy) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            // What is fetched now and then gains nothing by another library.
            .sslProvider(SslProvider.JDK)
            .endpointIdentificationAlgorithm("HTTPS");
    if (ca != null) {
      builder.trustManager(new ByteArrayInputStream(ca.getBytes(StandardCharsets.UTF_8)));
    }
    try {
      return new Egress(builder.build(), proxy);
    } catch (SSLException e) {
      throw new IllegalStateException("this JDK offers no TLS", e);
    }
  }

  /** {@return the direct way, with the trust of the system} */
  public static Egress direct() {
    return of(null, null);
  }
}
