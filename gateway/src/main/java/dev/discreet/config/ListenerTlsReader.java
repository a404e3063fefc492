package dev.discreet.config;

import dev.discreet.config.ListenerTls.Clients;
import dev.discreet.config.ListenerTls.Settings;
import dev.discreet.config.PemFiles.Held;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code listen[].tls} and the files that it names. */
final class ListenerTlsReader {
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
      Keys.of(
              ServerCertificateReader.CERTIFICATE,
              ServerCertificateReader.KEY,
              ServerCertificateReader.CERTIFICATES,
              ONLY_TLS_13,
              CLIENTS)
          .together(ServerCertificateReader.CERTIFICATE, ServerCertificateReader.KEY)
          .atLeastOne(ServerCertificateReader.CERTIFICATE, ServerCertificateReader.CERTIFICATES);

  static final Key<ListenerTls> TLS =
      Key.optional(
          "tls",
          new Type<>(new Shape.Mapping(KEYS), node -> read(Section.of(node, KEYS))),
          "Serves callers over TLS; without it, in cleartext.");

  private ListenerTlsReader() {}

  private static @Nullable ListenerTls read(Section s) {
    List<ServerCertificate> certificates = certificates(s);
    Section clients = s.find(CLIENTS);
    Held<List<X509Certificate>> ca = clients == null ? null : clients.find(CA);
    if (certificates.isEmpty() || (clients != null && ca == null)) {
      return null;
    }
    Clients asked =
        clients == null || ca == null ? null : new Clients(ca.file(), clients.get(REQUIRED));
    Settings settings =
        new Settings(
            certificates.stream().map(ServerCertificate::files).toList(),
            s.get(ONLY_TLS_13),
            asked);
    return new ListenerTls(settings, certificates, ca == null ? List.of() : ca.content());
  }

  private static List<ServerCertificate> certificates(Section s) {
    List<ServerCertificate> all = new ArrayList<>();
    ServerCertificate first = ServerCertificateReader.read(s);
    if (first != null) {
      all.add(first);
    }
    List<ServerCertificate> further = s.find(ServerCertificateReader.CERTIFICATES);
    if (further != null) {
      all.addAll(further);
    }
    return all;
  }
}
