package dev.discreet.config;

import dev.discreet.config.PemFiles.Held;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code upstreams.NAME.tls} and the files that it names. */
final class UpstreamTlsReader {
  private static final Key<Held<List<X509Certificate>>> CA =
      Key.optional(
          "ca",
          PemFiles.CERTIFICATES,
          "A file of certificates in PEM, trusted in place of the system's.");
  private static final Key<String> SERVER_NAME =
      Key.optional(
          "serverName",
          Types.parsed("(?!-)[A-Za-z0-9._:-]+", UpstreamTlsReader::serverName),
          "The name that is asked for and verified; absent, the URL's host.");
  private static final Key<Held<List<X509Certificate>>> CERTIFICATE =
      Key.optional(
          "certificate",
          PemFiles.CERTIFICATES,
          "A file of the gateway's certificate in PEM, and of those between it and a root.");
  private static final Key<Located<Held<String>>> KEY =
      Key.optional(
          "key", PemFiles.KEY, "A file of its private key in PEM (PKCS #8), not encrypted.");
  private static final Keys KEYS =
      Keys.of(CA, SERVER_NAME, CERTIFICATE, KEY).together(CERTIFICATE, KEY);

  static final Key<UpstreamTls> TLS =
      Key.optional(
          "tls",
          Types.mapping(KEYS, UpstreamTlsReader::read),
          "How an https: URL is verified, and what the gateway shows of itself.");

  private UpstreamTlsReader() {}

  private static UpstreamTls read(Section s) {
    Held<List<X509Certificate>> ca = s.find(CA);
    Held<List<X509Certificate>> own = s.find(CERTIFICATE);
    List<X509Certificate> certificates = own == null ? List.of() : own.content();
    return new UpstreamTls(
        s.find(SERVER_NAME),
        ca == null ? List.of() : ca.content(),
        certificates,
        key(s.find(KEY), certificates));
  }

  private static @Nullable PrivateKey key(
      @Nullable Located<Held<String>> file, List<X509Certificate> certificates) {
    return file == null || certificates.isEmpty()
        ? null
        : PemFiles.key(file, certificates.getFirst());
  }

  private static String serverName(String text) {
    return Addresses.literal(text) == null ? Addresses.host(text) : text;
  }
}
