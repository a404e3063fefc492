package dev.discreet.config;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * A certificate of the gateway, and its key.
 *
 * @param files where they stand
 * @param chain the certificate first, then those between it and a root
 * @param key of the first of them
 */
public record ServerCertificate(Files files, List<X509Certificate> chain, PrivateKey key) {
  /** The type of a name in a certificate that is a host's (RFC 5280 §4.2.1.6). */
  private static final Integer DNS_NAME = 2;

  /**
   * Where a certificate and its key stand.
   *
   * @param certificate the file of the chain
   * @param key the file of the key
   */
  public record Files(Path certificate, Path key) {}

  public ServerCertificate {
    chain = List.copyOf(chain);
  }

  /**
   * {@return the hosts that it is for, in lower case, some perhaps {@code *.} and a host} A subject
   * names none (RFC 9525 §2).
   */
  public List<String> names() {
    try {
      Collection<List<?>> names = chain.getFirst().getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(0).equals(DNS_NAME))
              .map(name -> ((String) name.get(1)).toLowerCase(Locale.ROOT))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return files.toString();
  }
}
