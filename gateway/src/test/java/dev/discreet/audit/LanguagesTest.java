package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discreet.testing.SelfSigned;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment that does not speak all protocols is audited in those that it speaks. */
class LanguagesTest {
  private static final String UNSPOKEN = " is not spoken there";

  private static AuditResult audit(Target target, EnumSet<Protocol> protocols) throws IOException {
    List<Pair> pairs = List.of(new Pair(LeakyServer.HIDDEN, LeakyServer.MISSING));
    return new Audit(target, pairs, ControlsTest.settings(0), protocols, step -> {}).run();
  }

  private static void assertInHttp2Alone(Target target) throws IOException {
    AuditResult result = audit(target, EnumSet.allOf(Protocol.class));
    assertThat(result.answers()).extracting(ByteResult::protocol).containsOnly(Protocol.H2);
    assertThat(result.notices()).contains("HTTP/1.1" + UNSPOKEN);
    assertThat(result.outcome()).isEqualTo(Outcome.PASS);
    assertThatThrownBy(() -> audit(target, EnumSet.of(Protocol.H1)))
        .isInstanceOf(IOException.class)
        .hasMessage("nothing that was asked for is spoken there");
  }

  private static ServerSocket overTls(SelfSigned certificate, String protocol)
      throws IOException, GeneralSecurityException {
    SSLServerSocket listener =
        (SSLServerSocket)
            certificate
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 200, InetAddress.getLoopbackAddress());
    SSLParameters parameters = listener.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    listener.setSSLParameters(parameters);
    return listener;
  }

  private static Target target(ServerSocket listener, SelfSigned certificate, Path folder)
      throws IOException {
    Path ca = Files.writeString(folder.resolve("ca.pem"), certificate.certificate());
    return Target.of(URI.create("https://localhost:" + listener.getLocalPort()), ca);
  }

  @Test
  void inCleartext() throws IOException {
    ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    try (LeakyServer server = new LeakyServer(listener, Protocol.H2)) {
      assertInHttp2Alone(Target.of(server.url(), null));
    }
  }

  @Test
  void overTls(@TempDir Path folder) throws IOException, GeneralSecurityException {
    SelfSigned certificate = new SelfSigned();
    ServerSocket listener = overTls(certificate, Protocol.H2.alpn());
    try (LeakyServer _ = new LeakyServer(listener, Protocol.H2)) {
      assertInHttp2Alone(target(listener, certificate, folder));
    }
  }

  @Test
  void aCertificateThatIsNotTrustedIsNamedWhateverIsSpoken()
      throws IOException, GeneralSecurityException {
    for (Protocol spoken : Protocol.values()) {
      ServerSocket listener = overTls(new SelfSigned(), spoken.alpn());
      try (LeakyServer _ = new LeakyServer(listener, spoken)) {
        URI url = URI.create("https://localhost:" + listener.getLocalPort());
        Target target = Target.of(url, null);
        for (Protocol asked : Protocol.values()) {
          assertThatThrownBy(() -> audit(target, EnumSet.of(asked)))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("its certificate is not trusted (see --ca)");
        }
      }
    }
  }

  @Test
  void whatIsNoHttpIsNoAudit() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> greet(listener));
      Target target = Target.of(URI.create("http://127.0.0.1:" + listener.getLocalPort()), null);
      assertThatThrownBy(() -> audit(target, EnumSet.allOf(Protocol.class)))
          .isInstanceOf(IOException.class)
          .hasMessage("what answers there speaks no HTTP");
    }
  }

  private static void greet(ServerSocket listener) {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        socket.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException left) {
        // By the other side, or by the end of the test.
      }
    }
  }

  @Test
  void http1OverTlsAlone(@TempDir Path folder) throws IOException, GeneralSecurityException {
    SelfSigned certificate = new SelfSigned();
    ServerSocket listener = overTls(certificate, Protocol.H1.alpn());
    try (LeakyServer _ = new LeakyServer(listener, Protocol.H1)) {
      AuditResult result =
          audit(target(listener, certificate, folder), EnumSet.allOf(Protocol.class));
      assertThat(result.answers()).extracting(ByteResult::protocol).containsOnly(Protocol.H1);
      assertThat(result.notices()).contains("HTTP/2" + UNSPOKEN);
    }
  }

  @Test
  void whereNothingListens() throws IOException {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    Target target = Target.of(URI.create("http://127.0.0.1:" + port), null);
    assertThatThrownBy(() -> audit(target, EnumSet.allOf(Protocol.class)))
        .isInstanceOf(ConnectException.class);
  }
}
