package dev.discreet.config;

import dev.discreet.config.PemFiles.Held;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads certificates that a listener shows, each with its key. */
final class ServerCertificateReader {
  static final Key<Held<List<X509Certificate>>> CERTIFICATE =
      Key.optional(
          "certificate",
          PemFiles.CERTIFICATES,
          "A file of the gateway's certificate in PEM, and of those between it and a root.");
  static final Key<Located<Held<String>>> KEY =
      Key.optional(
          "key", PemFiles.KEY, "A file of its private key in PEM (PKCS #8), not encrypted.");
  private static final Keys PAIR = Keys.of(CERTIFICATE.asRequired(), KEY.asRequired());

  static final Key<List<ServerCertificate>> CERTIFICATES =
      Key.optional(
          "certificates",
          Types.listOf(new Type<>(new Shape.Mapping(PAIR), ServerCertificateReader::chosenByName)),
          "Further certificates, each with its key. A client is shown one for the name that it asks"
              + " for (SNI), the first where none is.");

  private ServerCertificateReader() {}

  private static @Nullable ServerCertificate chosenByName(Node node) {
    ServerCertificate certificate = read(Section.of(node, PAIR));
    if (certificate != null && certificate.names().isEmpty()) {
      node.warn("names no host (subjectAltName), so that no client can ask for it");
    }
    return certificate;
  }

  /** {@return the certificate of a mapping with {@link #CERTIFICATE} and {@link #KEY}, or null} */
  static @Nullable ServerCertificate read(Section s) {
    Held<List<X509Certificate>> certificates = s.find(CERTIFICATE);
    Located<Held<String>> keyFile = s.find(KEY);
    if (certificates == null || keyFile == null) {
      return null;
    }
    PrivateKey key = PemFiles.key(keyFile, certificates.content().getFirst());
    return key == null
        ? null
        : new ServerCertificate(
            new ServerCertificate.Files(certificates.file(), keyFile.value().file()),
            certificates.content(),
            key);
  }
}
