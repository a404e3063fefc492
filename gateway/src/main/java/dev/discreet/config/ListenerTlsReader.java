package dev.discreet.config;

import dev.discreet.config.ListenerTls.Clients;
import dev.discreet.config.ListenerTls.Settings;
import dev.discreet.config.PemFiles.Held;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code listen[].tls} and the files that it names. */
final class ListenerTlsReader {
  private static final Key<Held<List<X509Certificate>>> CERTIFICATE =
      Key.required(
          "certificate",
          PemFiles.CERTIFICATES,
          "A file of the gateway's certificate in PEM, and of those between it and a root.");
  private static final Key<Located<Held<String>>> KEY =
      Key.required(
          "key", PemFiles.KEY, "A file of its private key in PEM (PKCS #8), not encrypted.");
  private static final Key<Boolean> ONLY_TLS_13 =
      Key.of(
          "minVersion",
          Types.choice(Map.of("TLSv1.2", false, "TLSv1.3", true)),
          "TLSv1.2",
          "The oldest version that is spoken.");
  private static final Key<Held<List<X509Certificate>>> CA =
      Key.required(
          "ca", PemFiles.CERTIFICATES, "A file of certificates in PEM, whose issuing is trusted.");
  private static final Key<Boolean> REQUIRED =
      Key.of("required", Types.BOOLEAN, "false", "Whether a client without one is turned away.");
  private static final Keys CLIENT_KEYS = Keys.of(CA, REQUIRED);
  private static final Key<Section> CLIENTS =
      Key.optional(
          "clientCertificates",
          new Type<>(new Shape.Mapping(CLIENT_KEYS), node -> Section.of(node, CLIENT_KEYS)),
          "Asks clients for certificates (RFC 8705).");
  private static final Keys KEYS =
      Keys.of(CERTIFICATE, KEY, ONLY_TLS_13, CLIENTS).later("certificates");

  static final Key<ListenerTls> TLS =
      Key.optional(
          "tls",
          new Type<>(new Shape.Mapping(KEYS), node -> read(Section.of(node, KEYS))),
          "Serves callers over TLS; without it, in cleartext.");

  private ListenerTlsReader() {}

  private static @Nullable ListenerTls read(Section s) {
    Held<List<X509Certificate>> certificates = s.find(CERTIFICATE);
    Located<Held<String>> keyFile = s.find(KEY);
    Section clients = s.find(CLIENTS);
    Held<List<X509Certificate>> ca = clients == null ? null : clients.find(CA);
    if (certificates == null || keyFile == null || (clients != null && ca == null)) {
      return null;
    }
    PrivateKey key = PemFiles.key(keyFile, certificates.content().getFirst());
    if (key == null) {
      return null;
    }
    Clients asked =
        clients == null || ca == null ? null : new Clients(ca.file(), clients.get(REQUIRED));
    Settings settings =
        new Settings(certificates.file(), keyFile.value().file(), s.get(ONLY_TLS_13), asked);
    return new ListenerTls(
        settings, certificates.content(), key, ca == null ? List.of() : ca.content());
  }
}
