package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discreet.testing.SelfSigned;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PemTest {
  private static final SelfSigned OWN = new SelfSigned();

  @SuppressWarnings("NullAway.Init")
  private X509Certificate certificate;

  @BeforeEach
  void read() throws Exception {
    certificate = Pem.certificates(OWN.certificate()).getFirst();
  }

  private void refused(String pem, String why) {
    assertThatThrownBy(() -> Pem.key(pem, certificate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void theKeyIsThatOfTheCertificate() throws Exception {
    assertThat(Pem.key(OWN.key(), certificate).getAlgorithm()).isEqualTo("EC");
    refused(new SelfSigned().key(), "another key than that of the certificate");
  }

  @Test
  void otherKeysAreRefusedByWhatTheyAre() throws Exception {
    refused(OWN.certificate(), "no private key in PEM");
    refused(OWN.key().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"), "encrypted key");
    refused(
        OWN.key().replace("PRIVATE KEY", "EC PRIVATE KEY"), "openssl pkcs8 -topk8 -nocrypt -in");
  }

  @Test
  void whatIsNoCertificateIsNone() throws Exception {
    String pem = OWN.certificate();
    assertThat(Pem.certificates(OWN.key() + "Subject: localhost\n" + pem + pem)).hasSize(2);
    String torn = pem.substring(0, 200);
    for (String bad : new String[] {"", "certificate", OWN.key(), torn, pem + torn, torn + pem}) {
      assertThatThrownBy(() -> Pem.certificates(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
