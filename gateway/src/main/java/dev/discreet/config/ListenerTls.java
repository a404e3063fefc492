package dev.discreet.config;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a listener speaks TLS.
 *
 * @param settings what {@code listen} says of it; a change needs a restart
 * @param certificates of the gateway, its own first; reread when their file changes
 * @param key of the first of them
 * @param trusted who may have issued clients' certificates; empty where none is asked for
 */
public record ListenerTls(
    Settings settings,
    List<X509Certificate> certificates,
    PrivateKey key,
    List<X509Certificate> trusted) {
  public ListenerTls {
    certificates = List.copyOf(certificates);
    trusted = List.copyOf(trusted);
  }

  /**
   * What stands in the configuration itself.
   *
   * @param certificate the file of the certificates
   * @param key the file of the key
   * @param onlyTls13 whether TLS 1.2 is refused
   * @param clients how clients' certificates are asked for, or null for not at all
   */
  public record Settings(
      Path certificate, Path key, boolean onlyTls13, @Nullable Clients clients) {}

  /**
   * Clients' certificates.
   *
   * @param ca the file of those who may have issued them
   * @param required whether a client without one is turned away
   */
  public record Clients(Path ca, boolean required) {}

  /** {@return whether clients are asked for certificates} */
  public boolean asksClients() {
    return settings.clients() != null;
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "TLS by " + settings;
  }
}
