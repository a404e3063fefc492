package dev.discreet.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** An authority that issues certificates of any kind, by the tool that comes with each JDK. */
public final class TestCa {
  private static final String PASSWORD = "changeit";
  private static final String CA = "ca";
  private static final String EC = "EC";

  private final Path file;
  private final AtomicInteger issued = new AtomicInteger();

  /** Makes its key and its certificate. */
  public TestCa() {
    try {
      file = Files.createTempDirectory("test-ca").resolve("store.p12");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    generate(CA, EC, "CN=Test CA", List.of("-ext", "bc:c"));
  }

  /** {@return its certificate in PEM} */
  public String certificate() {
    return issued(CA).certificates();
  }

  /**
   * {@return a key and a certificate of 90 days}
   *
   * @param san the names it is for, such as {@code dns:localhost,ip:127.0.0.1}
   */
  public Issued issue(String san) {
    return issue(san, "+0d");
  }

  /**
   * {@return a key and a certificate of 90 days}
   *
   * @param start when they begin, such as {@code -100d}
   */
  public Issued issue(String san, String start) {
    return issue(EC, san, start);
  }

  /** {@return as {@link #issue(String)}, with an RSA key} */
  public Issued issueRsa(String san) {
    return issue("RSA", san, "+0d");
  }

  private Issued issue(String algorithm, String san, String start) {
    String alias = "issued" + issued.incrementAndGet();
    generate(
        alias,
        algorithm,
        "CN=api.test",
        List.of("-ext", "san=" + san, "-signer", CA, "-startdate", start, "-validity", "90"));
    return issued(alias);
  }

  private Issued issued(String alias) {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      KeyStore all = store();
      own.setKeyEntry(
          alias,
          all.getKey(alias, PASSWORD.toCharArray()),
          PASSWORD.toCharArray(),
          all.getCertificateChain(alias));
      return new Issued(own, alias);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void generate(String alias, String algorithm, String name, List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // It lives for less than a second.
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                algorithm,
                "-dname",
                name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
    command.addAll(options);
    try {
      Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (made.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return a client that trusts this authority alone, and shows no certificate of its own} */
  public SSLContext client() {
    return context(null, this);
  }

  private static SSLContext context(@Nullable KeyStore own, TestCa trusted) {
    try {
      KeyManager[] keys = null;
      if (own != null) {
        KeyManagerFactory managers =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own, PASSWORD.toCharArray());
        keys = managers.getKeyManagers();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trusted.trust().getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return trust in this authority alone} */
  private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(CA, store().getCertificate(CA));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return trust;
  }

  /** A certificate, its key, and those between it and the authority. */
  public static final class Issued {
    private final KeyStore store;
    private final String alias;

    private Issued(KeyStore store, String alias) {
      this.store = store;
      this.alias = alias;
    }

    /** {@return the chain in PEM} */
    public String certificates() {
      StringBuilder pem = new StringBuilder();
      try {
        for (Certificate one : store.getCertificateChain(alias)) {
          pem.append(pem("CERTIFICATE", one.getEncoded()));
        }
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
      return pem.toString();
    }

    /** {@return the key in PEM} */
    public String key() {
      try {
        return pem("PRIVATE KEY", store.getKey(alias, PASSWORD.toCharArray()).getEncoded());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /**
     * {@return a server with this certificate}
     *
     * @param clients who may have issued a client's, for a server that asks for one
     */
    public SSLContext server(TestCa clients) {
      return context(store, clients);
    }

    /** {@return a client with this certificate, that trusts one authority alone} */
    public SSLContext client(TestCa servers) {
      return context(store, servers);
    }

    private static String pem(String what, byte[] octets) {
      return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
          .formatted(what, Base64.getMimeEncoder().encodeToString(octets), what);
    }
  }
}
