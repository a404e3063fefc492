package dev.discreet.config;

import static java.util.stream.Collectors.joining;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Certificates and private keys in PEM (RFC 7468). What is wrong is said without what is there. */
final class Pem {
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN ((?:[A-Z0-9]+ )*)PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)"
              + "-----END (?:[A-Z0-9]+ )*PRIVATE KEY-----");

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]*-----END CERTIFICATE-----");

  private Pem() {}

  /**
   * {@return the certificates of a file, at least one} What else stands there, such as their key,
   * is not looked at.
   *
   * @throws IllegalArgumentException if there is none
   */
  static List<X509Certificate> certificates(String pem) {
    String blocks =
        CERTIFICATE.matcher(pem).results().map(MatchResult::group).collect(joining("\n"));
    boolean torn = CERTIFICATE.matcher(pem).replaceAll("").contains("BEGIN CERTIFICATE");
    try {
      List<X509Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(blocks.getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!all.isEmpty() && !torn) {
        return all;
      }
    } catch (CertificateException e) {
      // Told below.
    }
    throw new IllegalArgumentException("holds no certificates in PEM");
  }

  /**
   * {@return the private key of a file, which is that of the certificate}
   *
   * @throws IllegalArgumentException if there is none that can be read, or it is another's
   */
  static PrivateKey key(String pem, X509Certificate certificate) {
    Matcher block = KEY.matcher(pem);
    if (pem.contains("ENCRYPTED")) {
      throw new IllegalArgumentException(
          "holds an encrypted key, for which there is no password; decrypt it by: openssl pkey -in"
              + " OLD -out NEW");
    }
    if (!block.find()) {
      throw new IllegalArgumentException("holds no private key in PEM");
    }
    if (!block.group(1).isEmpty()) {
      throw new IllegalArgumentException(
          "holds a key in an old form; convert it by: openssl pkcs8 -topk8 -nocrypt -in OLD -out"
              + " NEW");
    }
    PrivateKey key = read(block.group(2), certificate.getPublicKey());
    if (key == null) {
      throw new IllegalArgumentException("holds another key than that of the certificate");
    }
    return key;
  }

  private static @Nullable PrivateKey read(String base64, PublicKey certified) {
    try {
      byte[] octets = Base64.getMimeDecoder().decode(base64);
      PrivateKey key =
          KeyFactory.getInstance(certified.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(octets));
      return fits(key, certified) ? key : null;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean fits(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
    String algorithm =
        switch (certified.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> certified.getAlgorithm();
        };
    byte[] probe = "is this the key?".getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(probe);
    return signature.verify(signed);
  }
}
