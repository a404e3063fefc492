package dev.discreet.config;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an upstream is reached over TLS. It is verified always.
 *
 * @param serverName what is asked for (RFC 6066 §3) and verified, or null for the URL's host
 * @param trusted who may have issued its certificate; empty for whom the system trusts
 * @param certificates of the gateway, its own first; empty where it shows none
 * @param key of the first of them, or null where there is none
 */
public record UpstreamTls(
    @Nullable String serverName,
    List<X509Certificate> trusted,
    List<X509Certificate> certificates,
    @Nullable PrivateKey key) {
  static final UpstreamTls STANDARD = new UpstreamTls(null, List.of(), List.of(), null);

  public UpstreamTls {
    trusted = List.copyOf(trusted);
    certificates = List.copyOf(certificates);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "TLS with " + (serverName == null ? "the URL's host" : serverName);
  }
}
