package dev.discreet.gateway;

import static dev.discreet.gateway.TlsWorld.CLIENT;
import static dev.discreet.gateway.TlsWorld.STRANGER;
import static dev.discreet.testing.DocumentsWorld.HIDDEN;
import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.SelfSigned;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens bound to clients' certificates, over sockets (RFC 8705). */
@Tag("tls")
class CertificateBoundTest {
  private static final String REFUSED =
      "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"wrong signature or key\"";

  /** A world whose clients may show either of two certificates. */
  private static TlsWorld world(String demand) throws IOException {
    TlsWorld world =
        new TlsWorld(
            TlsWorld.ASKED,
            yaml ->
                yaml.replace(
                    "audiences: [tests]", "audiences: [tests]\n    certificateBound: " + demand));
    world
        .gateway()
        .taking(
            () ->
                world
                    .gateway()
                    .write("clients.pem", CLIENT.certificate() + STRANGER.certificate()));
    return world;
  }

  private static Answer get(TlsWorld world, String path, @Nullable SelfSigned own, String token)
      throws Exception {
    return world.call(world.connect(own), "GET", path, token);
  }

  private static void refused(TlsWorld world, @Nullable SelfSigned own, String token, String why)
      throws Exception {
    world.api().forget();
    Answer answer = get(world, OWN, own, token);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.value("www-authenticate")).isEqualTo(REFUSED);
    assertThat(get(world, "/nowhere", own, token).shape()).isEqualTo(answer.shape());
    assertThat(world.gateway().logged(answer.value("x-request-id")))
        .contains("wrong signature or key: " + why);
    assertThat(world.api().heads()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"optional", "required"})
  void aBoundTokenNeedsItsCertificate(String demand) throws Exception {
    try (TlsWorld world = world(demand)) {
      String bound = world.bound(CLIENT);
      assertThat(get(world, OWN, CLIENT, bound).status()).isEqualTo(200);
      assertThat(get(world, HIDDEN, CLIENT, bound).status()).isEqualTo(404);
      refused(world, STRANGER, bound, "it is bound to another certificate");
      refused(world, null, bound, "it is bound to a certificate, and the client has shown none");
      assertThat(get(world, OWN, CLIENT, bound).status()).as("still").isEqualTo(200);
    }
  }

  @Test
  void whereItIsRequiredNoOtherTokenCounts() throws Exception {
    try (TlsWorld world = world("required")) {
      String unbound = world.member(Map.of());
      String why = "it is bound to no certificate, and certificateBound is required";
      refused(world, CLIENT, unbound, why);
      refused(world, null, unbound, why);
    }
    try (TlsWorld world = world("optional")) {
      assertThat(get(world, OWN, null, world.member(Map.of())).status()).isEqualTo(200);
    }
  }
}
