package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.config.UpstreamConfig.Address;
import dev.discreet.config.UpstreamTls;
import dev.discreet.testing.TestCa;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS to upstreams: verified, or nothing is sent. */
@Tag("tls")
class TlsUpstreamTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @SuppressWarnings("NullAway.Init")
  private static TestCa ca;

  @SuppressWarnings("NullAway.Init")
  private static TestCa stranger;

  @SuppressWarnings("NullAway.Init")
  private static TestCa.Issued good;

  @SuppressWarnings("NullAway.Init")
  private static TestCa.Issued own;

  @BeforeAll
  static void issue() {
    ca = new TestCa();
    stranger = new TestCa();
    good = ca.issue("dns:localhost,ip:127.0.0.1");
    own = stranger.issue("dns:gateway.test");
  }

  private static List<X509Certificate> certificates(String pem) throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  private static UpstreamTls trusting(String pem) throws Exception {
    return new UpstreamTls(null, certificates(pem), List.of(), null);
  }

  private static UpstreamConfig config(String host, int port, UpstreamTls tls) {
    UpstreamConfig plain = Fixture.config(port, Fixture.Settings.usual());
    return new UpstreamConfig(
        plain.name(),
        List.of(new Address(host, port, host + ":" + port)),
        plain.basePath(),
        false,
        tls,
        plain.rewriteHost(),
        new UpstreamConfig.Timeouts(
            Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(10)),
        plain.connections(),
        plain.retries(),
        plain.health(),
        plain.probe(),
        null);
  }

  /** What is done with a connection over TLS. */
  private interface TlsScript {
    void serve(SSLSocket connection, Socket beneath) throws IOException;
  }

  private static RawUpstream serving(TestCa.Issued certificate, TlsScript script) {
    SSLContext context = certificate.server(stranger);
    return new RawUpstream(
        (beneath, number) -> {
          try (SSLSocket connection =
              (SSLSocket) context.getSocketFactory().createSocket(beneath, null, true)) {
            script.serve(connection, beneath);
          }
        });
  }

  private static RawUpstream answering(TestCa.Issued certificate) {
    return serving(
        certificate,
        (connection, beneath) -> {
          while (!RawUpstream.readHead(connection).isEmpty()) {
            RawUpstream.write(connection, OK);
          }
        });
  }

  private static RecordingSink ask(UpstreamConfig config) throws Exception {
    try (Fixture gateway = new Fixture(config)) {
      RecordingSink sink = new RecordingSink();
      gateway.forward(gateway.loop, sink, "GET", false);
      sink.ended();
      return sink;
    }
  }

  @ParameterizedTest
  @CsvSource({"localhost", "127.0.0.1"})
  void whoeverIsVerifiedIsAskedAndAskedAgainOnTheSameConnection(String host) throws Exception {
    try (RawUpstream api = answering(good);
        Fixture gateway = new Fixture(config(host, api.port(), trusting(ca.certificate())))) {
      for (int i = 0; i < 3; i++) {
        RecordingSink sink = new RecordingSink();
        gateway.forward(gateway.loop, sink, "GET", false);
        assertThat(sink.ended()).as(sink.reason).isEqualTo("done");
        gateway.loop.submit(() -> {}).get();
      }
      assertThat(api.connections()).isEqualTo(1);
    }
  }

  /** The upstream never gets as far as an octet of the request. */
  private static void refused(TestCa.Issued shown, String host, UpstreamTls tls, String reason)
      throws Exception {
    CompletableFuture<String> got = new CompletableFuture<>();
    try (RawUpstream api =
        serving(
            shown,
            (connection, beneath) -> {
              try {
                connection.startHandshake();
                got.complete(RawUpstream.rest(connection));
              } catch (IOException e) {
                got.complete("");
              }
            })) {
      RecordingSink sink = ask(config(host, api.port(), tls));
      assertThat(sink.ended()).isEqualTo("BAD_GATEWAY");
      assertThat(sink.reason).startsWith("no TLS: ").contains(reason);
      assertThat(got.get(10, TimeUnit.SECONDS)).isEmpty();
      assertThat(api.connections()).as("nor is it tried in another way").isEqualTo(1);
    }
  }

  @Test
  void f28WrongSan() throws Exception {
    refused(
        ca.issue("dns:elsewhere.test"),
        "localhost",
        trusting(ca.certificate()),
        "No subject alternative DNS name matching localhost found");
  }

  @Test
  void f28WrongSanOfAnAddress() throws Exception {
    refused(
        ca.issue("dns:localhost"),
        "127.0.0.1",
        trusting(ca.certificate()),
        "No subject alternative names matching IP address 127.0.0.1 found");
  }

  @Test
  void f28Expired() throws Exception {
    refused(
        ca.issue("dns:localhost", "-100d"), "localhost", trusting(ca.certificate()), "NotAfter");
  }

  /** It even has the name of the one that is known. */
  @Test
  void f28UnknownCa() throws Exception {
    refused(
        stranger.issue("dns:localhost"),
        "localhost",
        trusting(ca.certificate()),
        "Signature does not match");
  }

  @Test
  void f28SelfSignedForASystemThatDoesNotKnowIt() throws Exception {
    refused(
        good,
        "localhost",
        new UpstreamTls(null, List.of(), List.of(), null),
        "unable to find valid certification path");
  }

  /** A ServerHello of TLS 1.0, as nobody sends it any more who could speak 1.2. */
  @Test
  void f30Tls10Alone() throws Exception {
    String random = "00".repeat(32);
    byte[] hello = HexFormat.of().parseHex("160301002a02000026" + "0301" + random + "00c01300");
    CompletableFuture<String> got = new CompletableFuture<>();
    try (RawUpstream api =
        new RawUpstream(
            (connection, number) -> {
              RawUpstream.write(connection, new String(hello, StandardCharsets.ISO_8859_1));
              got.complete(RawUpstream.rest(connection));
            })) {
      RecordingSink sink = ask(config("127.0.0.1", api.port(), trusting(ca.certificate())));
      assertThat(sink.ended()).isEqualTo("BAD_GATEWAY");
      assertThat(sink.reason)
          .startsWith("no TLS: ")
          .containsAnyOf("protocol version", "unsupported protocol");
      assertThat(got.get(10, TimeUnit.SECONDS)).startsWith("\u0016").doesNotContain("GET ");
      assertThat(api.connections()).isEqualTo(1);
    }
  }

  @Test
  void anUpstreamThatSpeaksNoTlsIsNotSpokenToInCleartext() throws Exception {
    CompletableFuture<String> got = new CompletableFuture<>();
    try (RawUpstream api =
        new RawUpstream(
            (connection, number) -> {
              RawUpstream.write(connection, "HTTP/1.1 400 Bad Request\r\n\r\n");
              got.complete(RawUpstream.rest(connection));
            })) {
      RecordingSink sink = ask(config("127.0.0.1", api.port(), trusting(ca.certificate())));
      assertThat(sink.ended()).isEqualTo("BAD_GATEWAY");
      assertThat(sink.reason)
          .as("nothing of what it answered")
          .isEqualTo("no TLS: what answered does not speak TLS");
      assertThat(got.get(10, TimeUnit.SECONDS)).doesNotContain("GET ");
    }
  }

  @Test
  void aHandshakeThatGoesOnForeverIsATimeout() throws Exception {
    try (RawUpstream api = new RawUpstream((connection, number) -> RawUpstream.rest(connection))) {
      RecordingSink sink = ask(config("127.0.0.1", api.port(), trusting(ca.certificate())));
      assertThat(sink.ended()).isEqualTo("TIMEOUT");
      assertThat(sink.reason).isEqualTo("the TLS handshake took too long");
    }
  }

  @Test
  void theServerNameIsAskedForAndVerifiedInPlaceOfTheHost() throws Exception {
    CompletableFuture<String> asked = new CompletableFuture<>();
    try (RawUpstream api =
        serving(
            ca.issue("dns:documents"),
            (connection, beneath) -> {
              connection.startHandshake();
              asked.complete(
                  ((ExtendedSSLSession) connection.getSession())
                      .getRequestedServerNames()
                      .toString());
              RawUpstream.readHead(connection);
              RawUpstream.write(connection, OK);
            })) {
      RecordingSink sink =
          ask(
              config(
                  "127.0.0.1",
                  api.port(),
                  new UpstreamTls("documents", certificates(ca.certificate()), List.of(), null)));
      assertThat(sink.ended()).as(sink.reason).isEqualTo("done");
      assertThat(asked.get(10, TimeUnit.SECONDS)).contains("documents");
    }
  }

  private static PrivateKey key(String pem) throws Exception {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
  }

  /** With TLS 1.2 the handshake fails, with 1.3 what comes after it. */
  @ParameterizedTest
  @CsvSource({"TLSv1.2,true", "TLSv1.2,false", "TLSv1.3,true", "TLSv1.3,false"})
  void theGatewayShowsWhoItIsWhereItIsAsked(String version, boolean shown) throws Exception {
    try (RawUpstream api =
        serving(
            good,
            (connection, beneath) -> {
              connection.setNeedClientAuth(true);
              connection.setEnabledProtocols(new String[] {version});
              RawUpstream.readHead(connection);
              RawUpstream.write(connection, OK);
            })) {
      UpstreamTls tls =
          new UpstreamTls(
              null,
              certificates(ca.certificate()),
              shown ? certificates(own.certificates()) : List.of(),
              shown ? key(own.key()) : null);
      RecordingSink sink = ask(config("localhost", api.port(), tls));
      assertThat(sink.ended()).as(sink.reason).isEqualTo(shown ? "done" : "BAD_GATEWAY");
    }
  }

  /** Whoever can't forge TLS can still send a FIN: it may not make half an answer a whole one. */
  @ParameterizedTest
  @CsvSource({"true,done", "false,cut"})
  void anAnswerThatEndsWithTheConnectionNeedsCloseNotify(boolean notify, String end)
      throws Exception {
    CompletableFuture<Void> relayed = new CompletableFuture<>();
    try (RawUpstream api =
            serving(
                good,
                (connection, beneath) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(connection, "HTTP/1.1 200 OK\r\n\r\nto the end");
                  relayed.join();
                  if (!notify) {
                    beneath.shutdownOutput();
                  }
                });
        Fixture gateway =
            new Fixture(config("localhost", api.port(), trusting(ca.certificate())))) {
      RecordingSink sink = new RecordingSink();
      gateway.forward(gateway.loop, sink, "GET", false);
      sink.headCame.get(10, TimeUnit.SECONDS);
      relayed.complete(null);
      assertThat(sink.ended()).as(sink.reason).isEqualTo(end);
      assertThat(sink.body).hasToString("to the end");
    }
  }
}
