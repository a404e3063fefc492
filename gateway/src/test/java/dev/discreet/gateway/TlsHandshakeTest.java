package dev.discreet.gateway;

import static dev.discreet.gateway.TlsWorld.CLIENT;
import static dev.discreet.gateway.TlsWorld.STRANGER;
import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discreet.testing.RawClient;
import dev.discreet.testing.SelfSigned;
import dev.discreet.testing.TestGateway;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets no further than the handshake. */
@Tag("tls")
class TlsHandshakeTest {
  private static final String TLS_12 = "TLSv1.2";
  private static final String TLS_13 = "TLSv1.3";

  /** In TLS 1.3 a client is through with its handshake before the server has judged it. */
  private static void turnedAway(TlsWorld world, @Nullable SelfSigned own, String version)
      throws Exception {
    assertThatThrownBy(
            () -> {
              try (SSLSocket socket = world.connect(own, version)) {
                socket.setSoTimeout(10_000);
                socket
                    .getOutputStream()
                    .write(
                        TestGateway.request("GET", OWN, world.member(Map.of()))
                            .getBytes(StandardCharsets.ISO_8859_1));
                int octet = socket.getInputStream().read();
                throw new AssertionError("it was answered with " + octet);
              }
            })
        .isInstanceOfAny(SSLException.class, java.net.SocketException.class);
  }

  /** Beside a request that is served, so that nothing is still on its way. */
  private static void nothingCameOfIt(TlsWorld world, @Nullable SelfSigned own) throws Exception {
    assertThat(world.call(world.connect(own), "GET", OWN, world.member(Map.of())).status())
        .isEqualTo(200);
    assertThat(world.gateway().logged("\"status\":200")).isNotEmpty();
    assertThat(world.gateway().log().lines()).hasSize(1);
    assertThat(world.api().heads()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_12, TLS_13})
  void whereCertificatesAreRequiredNobodyComesWithoutOrWithAnothers(String version)
      throws Exception {
    try (TlsWorld world = new TlsWorld(TlsWorld.REQUIRED)) {
      turnedAway(world, null, version);
      turnedAway(world, STRANGER, version);
      nothingCameOfIt(world, CLIENT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_12, TLS_13})
  void whereTheyAreAskedForOnlyAnothersIsTurnedAway(String version) throws Exception {
    try (TlsWorld world = new TlsWorld(TlsWorld.ASKED)) {
      turnedAway(world, STRANGER, version);
      nothingCameOfIt(world, null);
    }
  }

  @Test
  void anOlderVersionThanTheLeastIsTurnedAway() throws Exception {
    try (TlsWorld world = new TlsWorld("minVersion: TLSv1.3")) {
      turnedAway(world, null, TLS_12);
      nothingCameOfIt(world, null);
    }
    try (TlsWorld world = new TlsWorld("minVersion: TLSv1.2");
        SSLSocket socket = world.connect(null, TLS_12)) {
      assertThat(world.call(socket, "GET", OWN, world.member(Map.of())).status()).isEqualTo(200);
      assertThat(socket.getSession().getProtocol()).isEqualTo(TLS_12);
    }
  }

  /** Silent, or with a handshake that stops after its first octets. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\26\3\1\2\0"})
  void whoDoesNotEndTheHandshakeIsLeft(String begun) throws Exception {
    try (TlsWorld world = new TlsWorld("", yaml -> yaml + "timeouts: {tls: 200ms}\n");
        RawClient client = new RawClient(world.gateway().address())) {
      assertThat(client.send(begun).readToEnd()).isEmpty();
      nothingCameOfIt(world, null);
    }
  }
}
