package dev.discreet.config;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a listener speaks TLS.
 *
 * @param settings what {@code listen} says of it; a change needs a restart
 * @param certificates of the gateway, of which each client is shown one: the first, unless it asks
 *     for a name of another's; reread when their files change
 * @param trusted who may have issued clients' certificates; empty where none is asked for
 */
public record ListenerTls(
    Settings settings, List<ServerCertificate> certificates, List<X509Certificate> trusted) {
  public ListenerTls {
    certificates = List.copyOf(certificates);
    trusted = List.copyOf(trusted);
  }

  /**
   * What stands in the configuration itself.
   *
   * @param certificates the files of the certificates, in their order
   * @param onlyTls13 whether TLS 1.2 is refused
   * @param clients how clients' certificates are asked for, or null for not at all
   */
  public record Settings(
      List<ServerCertificate.Files> certificates, boolean onlyTls13, @Nullable Clients clients) {
    public Settings {
      certificates = List.copyOf(certificates);
    }
  }

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
}
