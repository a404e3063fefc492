package dev.discreet.config;

import dev.discreet.config.IssuerConfig.Access;
import dev.discreet.config.IssuerConfig.Format;
import dev.discreet.config.IssuerConfig.Introspection;
import dev.discreet.config.IssuerConfig.KeySource;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads those of {@code issuers.NAME} that say where an issuer's word on a token is heard. */
final class ProviderReader {
  private static final int MOST_KEY_OCTETS = 512 << 10;
  private static final String PROXY_PATTERN = "http://[^\\s/?#]+/?";
  private static final String CLEARTEXT_KEYS =
      "fetches keys in cleartext: who is on the way can put in his own, and be anybody";

  private static final Key<KeySource> JWKS =
      Key.optional(
          "jwks",
          new Type<>(
              Shape.anyOf(ProviderUrls.TYPE.shape(), new Shape.Mapping(Secrets.FILE_KEYS)),
              ProviderReader::keySource),
          "Where its keys are (RFC 7517): an https: URL, or {file: path}. Absent: where the issuer"
              + " says (OpenID Connect Discovery, RFC 8414).");
  private static final Key<Boolean> INSECURE =
      Key.of(
          "insecureJwks",
          Types.BOOLEAN,
          "false",
          "Whether the issuer may be asked by http: beyond loopback.");

  private static final Key<String> CA =
      Key.required(
          "ca",
          new Type<>(Shape.TEXT, ProviderReader::certificates),
          "A file of certificates in PEM, trusted in place of the system's.");
  private static final Key<Section> TLS =
      Key.optional(
          "tls",
          new Type<>(new Shape.Mapping(Keys.of(CA)), node -> Section.of(node, Keys.of(CA))),
          "How the issuer proves who it is.");
  private static final Key<URI> PROXY =
      Key.optional(
          "proxy",
          new Type<>(new Shape.Text(PROXY_PATTERN), ProviderReader::proxy),
          "http://[user:password@]host:port of a proxy by which the issuer is asked.");

  private static final Key<Boolean> OPAQUE =
      Key.of(
          "format",
          Types.choice(Map.of("jwt", false, "opaque", true)),
          "jwt",
          "jwt, or opaque: then the issuer is asked about each token (RFC 7662).");

  private static final Key<Section> INTROSPECTION =
      Key.optional(
          "introspection",
          new Type<>(
              new Shape.Mapping(IntrospectionReader.KEYS),
              node -> Section.of(node, IntrospectionReader.KEYS)),
          "With format: opaque, how the issuer is asked.");

  static final Keys KEYS = Keys.of(JWKS, INSECURE, TLS, PROXY, OPAQUE, INTROSPECTION);

  private ProviderReader() {}

  static Access access(Section s) {
    Section tls = s.find(TLS);
    return new Access(tls == null ? null : tls.find(CA), s.find(PROXY), s.get(INSECURE));
  }

  /**
   * {@return how tokens are checked, or null after a problem}
   *
   * @param at the issuer's mapping
   * @param issuerNode where {@code issuer} stands
   * @param issuer the exact {@code iss}
   */
  static @Nullable Format format(
      Section s, Node at, @Nullable Node issuerNode, @Nullable String issuer) {
    Node introspectionNode = s.node(INTROSPECTION);
    if (s.get(OPAQUE)) {
      return opaque(s, at);
    }
    if (introspectionNode != null) {
      introspectionNode.error("has no use with format: jwt; remove it, or say format: opaque");
    }
    Node jwksNode = s.node(JWKS);
    if (jwksNode == null) {
      return issuerNode != null
              && issuer != null
              && discoverable(issuerNode, issuer, s.get(INSECURE))
          ? new Format.Signed(new KeySource.Discovered(issuer))
          : null;
    }
    KeySource keys = s.find(JWKS);
    if (keys instanceof KeySource.Remote(URI url)) {
      judge(url, s.get(INSECURE), jwksNode, "fetch keys", CLEARTEXT_KEYS);
    }
    return keys == null ? null : new Format.Signed(keys);
  }

  private static @Nullable Format opaque(Section s, Node at) {
    Node jwksNode = s.node(JWKS);
    if (jwksNode != null) {
      jwksNode.error("has no use with format: opaque; remove one of the two");
    }
    Section in = s.find(INTROSPECTION);
    if (in == null) {
      if (s.node(INTROSPECTION) == null) {
        at.error("needs the key introspection, as format: opaque says");
      }
      return null;
    }
    Introspection read = IntrospectionReader.read(in, s.get(INSECURE));
    return read == null ? null : new Format.Opaque(read);
  }

  private static boolean discoverable(Node node, String issuer, boolean insecure) {
    try {
      URI url = ProviderUrls.parse(issuer);
      if (url.getRawQuery() != null) {
        throw new IllegalArgumentException("has a query");
      }
      judge(url, insecure, node, "fetch keys", CLEARTEXT_KEYS);
      return true;
    } catch (IllegalArgumentException e) {
      node.error("can't be asked where its keys are, as it " + e.getMessage() + "; add jwks");
      return false;
    }
  }

  /** Reports a URL of which what is asked and answered can be read on the way. */
  static void judge(URI url, boolean insecure, Node node, String asked, String warning) {
    if (ProviderUrls.cleartext(url) && insecure) {
      node.warn(warning);
    } else if (ProviderUrls.cleartext(url)) {
      node.error("would " + asked + " in cleartext; use https:, or say insecureJwks: true");
    }
  }

  private static @Nullable KeySource keySource(Node node) {
    if (node.isText()) {
      URI url = ProviderUrls.isShowable(node) ? node.parse(ProviderReader::keysUrl) : null;
      return url == null ? null : new KeySource.Remote(url);
    }
    Path file = Section.of(node, Secrets.FILE_KEYS).find(Secrets.FILE);
    String content = file == null ? null : Secrets.content(node, file, MOST_KEY_OCTETS);
    if (file == null || content == null) {
      return null;
    }
    if (!node.source().isKeySet().test(content)) {
      // Nothing of it is shown: it may be another file than was meant, and hold a secret.
      node.error("the file " + file + " holds no key set (RFC 7517 §5)");
      return null;
    }
    return new KeySource.Local(file, content);
  }

  private static URI keysUrl(String text) {
    try {
      return ProviderUrls.parse(text);
    } catch (IllegalArgumentException e) {
      String said = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(
          said.equals("must be an https: URL") ? said + ", or {file: path}" : said, e);
    }
  }

  private static @Nullable String certificates(Node node) {
    Path file = Secrets.path(node);
    String pem = file == null ? null : Secrets.content(node, file, MOST_KEY_OCTETS);
    if (pem == null) {
      return null;
    }
    try {
      var all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
      if (all.isEmpty()) {
        throw new CertificateException("none");
      }
      return pem;
    } catch (CertificateException e) {
      node.error("the file " + file + " holds no certificates in PEM");
      return null;
    }
  }

  private static @Nullable URI proxy(Node node) {
    String text = node.text();
    if (text == null) {
      return null;
    }
    try {
      URI url = new URI(text);
      boolean bare = url.getRawPath().matches("/?") && url.getRawQuery() == null;
      if ("http".equals(url.getScheme())
          && url.getHost() != null
          && bare
          && isPort(url.getPort())) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Told below, without the text: a password may be in it.
    }
    node.errorUnshown("is not http://[user:password@]host:port, of a proxy that can CONNECT");
    return null;
  }

  private static boolean isPort(int port) {
    return port == -1 || (port > 0 && port <= 65535);
  }
}
