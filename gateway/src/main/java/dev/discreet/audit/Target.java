package dev.discreet.audit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The deployment: where it is, and how connections to it are made. */
public final class Target {
  private static final int CONNECT_MILLIS = 5_000;

  /** Read by hand: {@link URI} knows no host with an underscore, as those of containers are. */
  private static final Pattern AUTHORITY =
      Pattern.compile("([\\w.-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");

  private final InetSocketAddress address;
  private final String authority;
  private final String base;
  private final @Nullable SSLContext tls;

  private Target(
      InetSocketAddress address, String authority, String base, @Nullable SSLContext tls) {
    this.address = address;
    this.authority = authority;
    this.base = base;
    this.tls = tls;
  }

  /**
   * {@return the deployment at a URL}
   *
   * @param url {@code http} or {@code https}; a path is put before the paths that are asked for
   * @param ca certificates to trust in place of the system's, in PEM
   * @throws IllegalArgumentException if it is no such URL
   * @throws IOException if the name is not known, or {@code ca} can't be read
   */
  public static Target of(URI url, @Nullable Path ca) throws IOException {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
    Matcher parts = AUTHORITY.matcher(authority);
    if (!(scheme.equals("http") || scheme.equals("https"))
        || !parts.matches()
        || url.getRawQuery() != null) {
      throw new IllegalArgumentException(url + " is no URL such as https://api.example.com");
    }
    boolean secure = scheme.equals("https");
    String host = parts.group(1);
    @Nullable String given = parts.group(2);
    int port = given != null ? Integer.parseInt(given) : secure ? 443 : 80;
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException("the name " + host + " is not known");
    }
    String base = url.getRawPath() == null ? "" : url.getRawPath().replaceFirst("/$", "");
    return new Target(address, authority, base, secure ? tls(ca) : null);
  }

  private static SSLContext tls(@Nullable Path ca) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, ca == null ? null : trusting(ca).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("--ca " + ca + " holds no certificates in PEM: " + e.getMessage(), e);
    }
  }

  private static TrustManagerFactory trusting(Path ca)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(ca)) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("ca-" + trusted.size(), each);
      }
    }
    if (trusted.size() == 0) {
      throw new CertificateException("it is empty of them");
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return trust;
  }

  /** {@return a connection that is ready to speak} */
  Socket connect(Protocol protocol) throws IOException {
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(CONNECT_MILLIS);
      plain.connect(address, CONNECT_MILLIS);
      return tls == null ? plain : secured(plain, tls, protocol);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private Socket secured(Socket plain, SSLContext context, Protocol protocol) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(plain, address.getHostString(), address.getPort(), true);
    SSLParameters asked = secured.getSSLParameters();
    asked.setEndpointIdentificationAlgorithm("HTTPS");
    asked.setApplicationProtocols(new String[] {protocol.alpn()});
    secured.setSSLParameters(asked);
    try {
      secured.startHandshake();
    } catch (SSLException e) {
      throw explained(e);
    }
    return secured;
  }

  private static IOException explained(SSLException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (!(cause instanceof GeneralSecurityException)) {
      return failure;
    }
    SSLPeerUnverifiedException untrusted =
        new SSLPeerUnverifiedException(
            "its certificate is not trusted (see --ca): " + cause.getMessage());
    untrusted.initCause(failure);
    return untrusted;
  }

  InetSocketAddress address() {
    return address;
  }

  boolean secure() {
    return tls != null;
  }

  String scheme() {
    return tls == null ? "http" : "https";
  }

  /** {@return the host and, where the URL has it, the port} */
  String authority() {
    return authority;
  }

  /** {@return what stands before each path} */
  String base() {
    return base;
  }

  /** {@return whether it is this machine, where nobody else's network is used} */
  public boolean loopback() {
    InetAddress ip = address.getAddress();
    return ip != null && ip.isLoopbackAddress();
  }

  /** {@return its URL} */
  @Override
  public String toString() {
    return scheme() + "://" + authority + base;
  }
}
