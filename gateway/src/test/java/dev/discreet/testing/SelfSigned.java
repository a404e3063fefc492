package dev.discreet.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A key and a certificate for {@code localhost} that it signed itself. */
public final class SelfSigned {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String ALIAS = "a";

  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  private final Path file;
  private final KeyStore store;

  /** What a test does. */
  public interface Action {
    void run() throws Exception;
  }

  /** Makes them, by the tool that comes with each JDK. */
  public SelfSigned() {
    try {
      file = Files.createTempDirectory("self-signed").resolve("store.p12");
      make(file);
      store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD);
      }
    } catch (IOException | GeneralSecurityException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void make(Path file) throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String asked =
        "-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC"
            + " -genkeypair -alias a -keyalg EC -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1"
            + " -storetype PKCS12 -storepass changeit -validity 2 -keystore ";
    Process made =
        new ProcessBuilder((tool + " " + asked + file).split(" ", -1))
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (made.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
  }

  private static String pem(String what, byte[] octets) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(octets), what);
  }

  /** {@return the certificate in PEM} */
  public String certificate() {
    try {
      return pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the key in PEM} */
  public String key() {
    try {
      return pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the thumbprint of the certificate (RFC 8705 §3.1)} */
  public String thumbprint() {
    try {
      byte[] octets = store.getCertificate(ALIAS).getEncoded();
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * {@return a client that trusts this certificate alone, and shows one of its own whoever the
   * server says that it trusts, or none}
   */
  public SSLContext client(@Nullable SelfSigned own) throws GeneralSecurityException {
    KeyManager[] keys =
        own == null
            ? null
            : new KeyManager[] {insisting((X509ExtendedKeyManager) own.keyManagers()[0])};
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
      trust.init(trusted);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }

  /** {@return a server with this certificate} */
  public SSLContext server() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(), null, null);
    return context;
  }

  /** The system trusts it for as long as that takes; its trust is read when a client is made. */
  public void trustedBySystem(Action action) throws Exception {
    System.setProperty(TRUST_STORE, file.toString());
    System.setProperty(TRUST_STORE + "Password", new String(PASSWORD));
    try {
      action.run();
    } finally {
      System.clearProperty(TRUST_STORE);
      System.clearProperty(TRUST_STORE + "Password");
    }
  }

  private KeyManager[] keyManagers() throws GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    return managers.getKeyManagers();
  }

  private static X509ExtendedKeyManager insisting(X509ExtendedKeyManager keys) {
    return new X509ExtendedKeyManager() {
      @Override
      public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        return ALIAS;
      }

      @Override
      public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
        return ALIAS;
      }

      @Override
      public X509Certificate[] getCertificateChain(String alias) {
        return keys.getCertificateChain(alias);
      }

      @Override
      public PrivateKey getPrivateKey(String alias) {
        return keys.getPrivateKey(alias);
      }

      @Override
      public String[] getClientAliases(String type, Principal[] issuers) {
        return keys.getClientAliases(type, issuers);
      }

      @Override
      public String[] getServerAliases(String type, Principal[] issuers) {
        return keys.getServerAliases(type, issuers);
      }

      @Override
      public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return keys.chooseServerAlias(type, issuers, socket);
      }
    };
  }
}
