package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestCa;
import dev.discreet.testing.TestGateway;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several certificates a client is shown. */
@Tag("tls")
class ServerNameTest {
  private static final TestCa CA = new TestCa();
  private static final TestCa CLIENTS = new TestCa();
  private static final String REQUIRED = "clientCertificates: {ca: clients.pem, required: true}";
  private static final SSLContext MEMBER = CLIENTS.issue("dns:member.test").client(CA);
  private static final Map<String, TestCa.Issued> CERTIFICATES =
      Map.of(
          "first", CA.issue("dns:first.test"),
          "wild", CA.issue("dns:*.wild.test,dns:wild.test"),
          "exact", CA.issue("dns:exact.wild.test,dns:other.test"),
          "rsa", CA.issueRsa("dns:old.test"));

  @SuppressWarnings("NullAway.Init")
  private CountingApi api;

  @BeforeEach
  void start() throws IOException {
    api = new CountingApi().owning("/public");
  }

  @AfterEach
  void stop() throws IOException {
    api.close();
  }

  private TestGateway gateway(String members) throws IOException {
    return gateway(members, CERTIFICATES);
  }

  /** {@return one that shows that called {@code first} to who asks for none of their names} */
  private TestGateway gateway(String members, Map<String, TestCa.Issued> certificates)
      throws IOException {
    Map<String, String> files = new HashMap<>();
    String others =
        certificates.keySet().stream()
            .filter(name -> !name.equals("first"))
            .map("{certificate: %1$s.pem, key: %1$s.key}"::formatted)
            .collect(Collectors.joining(", "));
    files.put(
        "gateway.yaml",
        """
        listen:
          - address: 127.0.0.1:0
            tls:
              certificate: first.pem
              key: first.key
              certificates: [%s]
              %s
        admin: 127.0.0.1:0
        upstreams: {api: {url: %s}}
        routes:
          - {path: /public, upstream: api, methods: {GET: public}}
        """
            .formatted(others, members, api.url()));
    certificates.forEach(
        (name, issued) -> {
          files.put(name + ".pem", issued.certificates());
          files.put(name + ".key", issued.key());
        });
    files.put("clients.pem", CLIENTS.certificate());
    return TestGateway.start(files);
  }

  private static SSLSocket over(
      Socket plain, SSLContext client, String version, @Nullable String name) throws IOException {
    SSLSocket socket = TlsWorld.over(plain, client, version);
    if (name != null) {
      SSLParameters asked = socket.getSSLParameters();
      asked.setServerNames(List.of(new SNIHostName(name)));
      socket.setSSLParameters(asked);
    }
    return socket;
  }

  private static Socket connect(TestGateway gateway) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), gateway.address().getPort());
  }

  /** {@return the first name in the certificate that is shown, after a request was served} */
  private static String shown(SSLSocket socket) throws Exception {
    try (RawClient client = new RawClient(socket)) {
      assertThat(client.send(TestGateway.request("GET", "/public")).read("GET").status())
          .isEqualTo(200);
      return name(socket);
    }
  }

  private static String name(SSLSocket socket) throws Exception {
    X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    return (String) leaf.getSubjectAlternativeNames().iterator().next().get(1);
  }

  @ParameterizedTest
  @CsvSource({
    "first.test, first.test",
    "wild.test, *.wild.test",
    "any.wild.test, *.wild.test",
    "EXACT.wild.Test, exact.wild.test",
    "other.test, exact.wild.test",
    "old.test, old.test",
    "deep.any.wild.test, first.test",
    "unknown.test, first.test",
    "test, first.test",
    ", first.test"
  })
  void aClientIsShownTheCertificateOfTheNameThatItAsksFor(@Nullable String asked, String shown)
      throws Exception {
    try (TestGateway gateway = gateway("")) {
      for (String version : List.of("TLSv1.2", "TLSv1.3")) {
        assertThat(shown(over(connect(gateway), CA.client(), version, asked)))
            .as(version)
            .isEqualTo(shown);
      }
    }
  }

  @Test
  void ofTwoForANameAClientIsShownTheOneThatItCanVerify() throws Exception {
    Map<String, TestCa.Issued> two =
        Map.of(
            "first",
            CA.issue("dns:young.test,dns:both.test"),
            "rsa",
            CA.issueRsa("dns:old.test,dns:both.test"));
    try (TestGateway gateway = gateway("", two)) {
      SSLSocket old = over(connect(gateway), CA.client(), "TLSv1.2", "both.test");
      old.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
      assertThat(shown(old)).isEqualTo("old.test");
      SSLSocket young = over(connect(gateway), CA.client(), "TLSv1.2", "both.test");
      young.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
      assertThat(shown(young)).isEqualTo("young.test");
    }
  }

  /** The JDK asks for a certificate before it knows the name, where it reads a ticket. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whoComesAgainIsServedUnderTheSameName(String version) throws Exception {
    SSLContext client = CA.client();
    try (TestGateway gateway = gateway("")) {
      for (String name : List.of("exact.wild.test", "exact.wild.test")) {
        assertThat(shown(over(connect(gateway), client, version, name))).isEqualTo(name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"first.test", "any.wild.test", "unknown.test"})
  void clientsAreAskedForCertificatesWhateverTheName(String asked) throws Exception {
    try (TestGateway gateway = gateway(REQUIRED)) {
      for (String version : List.of("TLSv1.2", "TLSv1.3")) {
        turnedAway(over(connect(gateway), CA.client(), version, asked));
        assertThat(shown(over(connect(gateway), MEMBER, version, asked))).isNotEmpty();
      }
    }
    assertThat(api.heads()).isEqualTo(2);
  }

  private static void turnedAway(SSLSocket socket) {
    assertThatThrownBy(() -> shown(socket))
        .isInstanceOfAny(SSLException.class, SocketException.class);
  }

  /** Sends its first record, the ClientHello, as many small ones (RFC 8446 §5.1). */
  private static final class Splitting extends Socket {
    private static final int HEADER = 5;
    private final int most;
    private boolean first = true;

    Splitting(TestGateway gateway, int most) throws IOException {
      super(InetAddress.getLoopbackAddress(), gateway.address().getPort());
      this.most = most;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
          if (!first) {
            out.write(octets, offset, length);
            return;
          }
          first = false;
          assertThat(length).isEqualTo(HEADER + ByteBuffer.wrap(octets).getShort(offset + 3));
          for (int at = offset + HEADER; at < offset + length; at += most) {
            int part = Math.min(most, offset + length - at);
            byte[] record = new byte[HEADER + part];
            System.arraycopy(octets, offset, record, 0, HEADER);
            ByteBuffer.wrap(record).putShort(3, (short) part).put(HEADER, octets, at, part);
            out.write(record);
          }
        }
      };
    }
  }

  /** C-06: neither another certificate, nor a way around that of the client. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100})
  void aHelloThatComesInManyRecordsIsReadAsOne(int most) throws Exception {
    try (TestGateway gateway = gateway(REQUIRED)) {
      for (String version : List.of("TLSv1.2", "TLSv1.3")) {
        turnedAway(over(new Splitting(gateway, most), CA.client(), version, "exact.wild.test"));
        assertThat(shown(over(new Splitting(gateway, most), MEMBER, version, "exact.wild.test")))
            .isEqualTo("exact.wild.test");
      }
    }
  }

  @Test
  void whatIsSwappedIsShownToWhoComesThenAndNobodyIsCutOff() throws Exception {
    try (TestGateway gateway = gateway("");
        SSLSocket before = over(connect(gateway), CA.client(), "TLSv1.3", "other.test");
        RawClient open = new RawClient(before)) {
      String request = TestGateway.request("GET", "/public");
      assertThat(open.send(request).read("GET").status()).isEqualTo(200);
      TestCa.Issued next = CA.issue("dns:next.test,dns:other.test");
      gateway.taking(
          () -> {
            gateway.write("exact.key", next.key());
            gateway.write("exact.pem", next.certificates());
          });
      assertThat(shown(over(connect(gateway), CA.client(), "TLSv1.3", "other.test")))
          .isEqualTo("next.test");
      assertThat(shown(over(connect(gateway), CA.client(), "TLSv1.3", "exact.wild.test")))
          .isEqualTo("*.wild.test");
      assertThat(open.send(request).read("GET").status()).isEqualTo(200);
      assertThat(name(before)).isEqualTo("exact.wild.test");
    }
  }
}
