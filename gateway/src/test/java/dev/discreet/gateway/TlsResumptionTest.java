package dev.discreet.gateway;

import static dev.discreet.gateway.TlsWorld.CLIENT;
import static dev.discreet.gateway.TlsWorld.SERVER;
import static dev.discreet.gateway.TlsWorld.STRANGER;
import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that a client takes up again on another connection, by a ticket. */
@Tag("tls")
class TlsResumptionTest {
  private static final String MARK = "mark";

  @SuppressWarnings("NullAway.Init")
  private TlsWorld world;

  @BeforeEach
  void start() throws IOException {
    world = new TlsWorld(TlsWorld.ASKED);
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  /** {@return the session, after a request was served by it} */
  private SSLSession served(SSLContext client, String version, String caller) throws IOException {
    try (SSLSocket socket = world.connectBy(client, version)) {
      assertThat(world.call(socket, "GET", OWN, caller).status()).isEqualTo(200);
      return socket.getSession();
    }
  }

  /** Whoever it was that has shown a certificate at its beginning, is so still. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aSessionIsTakenUpAgainWithTheClientsCertificate(String version) throws Exception {
    SSLContext client = SERVER.client(CLIENT);
    String bound = world.bound(CLIENT);
    served(client, version, bound).putValue(MARK, version);
    assertThat(served(client, version, bound).getValue(MARK)).isEqualTo(version);
  }

  /** Neither the gateway's certificate nor trust in the clients' outlives a change of its file. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void noSessionOutlivesAChangeOfTheCertificates(String version) throws Exception {
    SSLContext client = SERVER.client(null);
    String caller = world.member(Map.of());
    served(client, version, caller).putValue(MARK, version);
    world.gateway().taking(() -> world.gateway().write("clients.pem", STRANGER.certificate()));
    assertThat(served(client, version, caller).getValue(MARK)).isNull();
  }
}
