package dev.discreet.config;

import dev.discreet.config.ListenerTls.Clients;
import dev.discreet.config.ListenerTls.Settings;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code listen[].tls} and the files that it names. */
final class ListenerTlsReader {
  private static final int MOST_OCTETS = 512 << 10;

  /** A file, and what it holds. */
  private record Held<T>(Path file, T content) {}

  private static final Key<Held<List<X509Certificate>>> CERTIFICATE =
      Key.required(
          "certificate",
          certificates(),
          "A file of the gateway's certificate in PEM, and of those between it and a root.");
  private static final Key<Located<Held<String>>> KEY =
      Key.required(
          "key",
          Types.located(file(Function.identity())),
          "A file of its private key in PEM (PKCS #8), not encrypted.");
  private static final Key<Boolean> ONLY_TLS_13 =
      Key.of(
          "minVersion",
          Types.choice(Map.of("TLSv1.2", false, "TLSv1.3", true)),
          "TLSv1.2",
          "The oldest version that is spoken.");
  private static final Key<Held<List<X509Certificate>>> CA =
      Key.required(
          "ca", certificates(), "A file of certificates in PEM, whose issuing is trusted.");
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
    PrivateKey key = key(keyFile, certificates.content().getFirst());
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

  private static @Nullable PrivateKey key(Located<Held<String>> file, X509Certificate certificate) {
    try {
      return Pem.key(file.value().content(), certificate);
    } catch (IllegalArgumentException e) {
      file.at().error("the file " + file.value().file() + " " + e.getMessage());
      return null;
    }
  }

  private static Type<Held<List<X509Certificate>>> certificates() {
    return file(Pem::certificates);
  }

  /** A file that is read with the configuration, and again when it changes. */
  private static <T> Type<Held<T>> file(Function<String, T> parser) {
    return new Type<>(
        Shape.TEXT,
        node -> {
          Path file = Secrets.path(node);
          String content = file == null ? null : Secrets.content(node, file, MOST_OCTETS);
          if (file == null || content == null) {
            return null;
          }
          try {
            return new Held<>(file, parser.apply(content));
          } catch (IllegalArgumentException e) {
            node.error("the file " + file + " " + e.getMessage());
            return null;
          }
        });
  }
}
