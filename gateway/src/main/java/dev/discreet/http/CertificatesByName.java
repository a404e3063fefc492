package dev.discreet.http;

import dev.discreet.config.ServerCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows a client the certificate for the name that it asks for (SNI, RFC 6066 §3): one that names
 * it, else one with a wildcard for its first label (RFC 9525 §6.3), else the first there is. All
 * else that TLS does is the same whatever the name, and only the TLS engine reads a ClientHello.
 */
final class CertificatesByName extends X509ExtendedKeyManager {
  private final List<ServerCertificate> certificates;
  private final Map<String, List<Integer>> byName = new HashMap<>();

  CertificatesByName(List<ServerCertificate> certificates) {
    this.certificates = certificates;
    for (int i = 0; i < certificates.size(); i++) {
      for (String name : certificates.get(i).names()) {
        byName.computeIfAbsent(name, key -> new ArrayList<>()).add(i);
      }
    }
  }

  /** {@return whether no name has certificates between which the type of their keys decides} */
  boolean haveOneTypeForAName() {
    return byName.values().stream()
        .allMatch(ofName -> ofName.stream().map(this::keyType).distinct().count() == 1);
  }

  /**
   * {@return which certificate, by its index; null where those of the name have keys of other
   * types}
   */
  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return ofName(requestedName(engine)).stream()
        .filter(i -> keyType.equals(keyType(i)))
        .findFirst()
        .map(String::valueOf)
        .orElse(null);
  }

  /** {@return the name, or null; there is no session yet where the JDK reads a ticket} */
  private static @Nullable String requestedName(SSLEngine engine) {
    if (!(engine.getHandshakeSession() instanceof ExtendedSSLSession session)) {
      return null;
    }
    return session.getRequestedServerNames().stream()
        .filter(SNIHostName.class::isInstance)
        .map(name -> ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse(null);
  }

  private List<Integer> ofName(@Nullable String name) {
    List<Integer> first = List.of(0);
    if (name == null) {
      return first;
    }
    String wildcard = "*" + name.substring(Math.max(0, name.indexOf('.')));
    return byName.getOrDefault(name, byName.getOrDefault(wildcard, first));
  }

  private String keyType(int index) {
    return certificates.get(index).chain().getFirst().getPublicKey().getAlgorithm();
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return certificates.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return certificates.get(Integer.parseInt(alias)).key();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    throw new UnsupportedOperationException("certificates are chosen by name");
  }

  @Override
  public String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    throw new UnsupportedOperationException("an engine is used, no socket");
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    throw new UnsupportedOperationException("this is a server");
  }

  @Override
  public String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    throw new UnsupportedOperationException("this is a server");
  }
}
