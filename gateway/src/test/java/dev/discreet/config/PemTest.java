package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discreet.testing.SelfSigned;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PemTest {
  private final SelfSigned own = new SelfSigned();

  @SuppressWarnings("NullAway.Init")
  private X509Certificate certificate;

  @BeforeEach
  void read() throws Exception {
    certificate = Pem.certificates(own.certificate()).getFirst();
  }

  private void refused(String pem, String why) {
    assertThatThrownBy(() -> Pem.key(pem, certificate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void theKeyIsThatOfTheCertificate() throws Exception {
    assertThat(Pem.key(own.key(), certificate).getAlgorithm()).isEqualTo("EC");
    refused(new SelfSigned().key(), "another key than that of the certificate");
  }

  @Test
  void otherKeysAreRefusedByWhatTheyAre() throws Exception {
    refused(own.certificate(), "no private key in PEM");
    refused(own.key().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"), "encrypted key");
    refused(
        own.key().replace("PRIVATE KEY", "EC PRIVATE KEY"), "openssl pkcs8 -topk8 -nocrypt -in");
  }

  @Test
  void whatIsNoCertificateIsNone() throws Exception {
    String pem = own.certificate();
    assertThat(Pem.certificates(own.key() + "Subject: localhost\n" + pem + pem)).hasSize(2);
    String torn = pem.substring(0, 200);
    for (String bad : new String[] {"", "certificate", own.key(), torn, pem + torn, torn + pem}) {
      assertThatThrownBy(() -> Pem.certificates(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
