package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens that name keys which nobody has, sent to spend what the provider bears (SPEC §4). */
@Timeout(120)
class RandomKeyIdsTest {
  private static final int TOKENS = 300;

  @Test
  void costTheProviderTwoFetchesAtMostAndHoldUpNoRotation() throws Exception {
    try (DocumentsWorld world = new DocumentsWorld()) {
      String token = world.issuer().token("carol", Map.of());
      int before = world.issuer().fetches();
      try (RawClient client = new RawClient(world.gateway().address())) {
        for (int i = 0; i < TOKENS; i++) {
          Answer answer = ask(client, withKeyId(token, "random-" + i));
          assertThat(answer.value("www-authenticate")).contains("\"wrong signature or key\"");
        }
      }
      assertThat(world.issuer().fetches() - before).isBetween(1, 2);
      assertThat(world.api().heads()).isZero();

      world.issuer().rotate();
      String rotated = world.issuer().token("carol", Map.of());
      try (RawClient client = new RawClient(world.gateway().address())) {
        Eventually.holds("its new key is known", () -> ask(client, rotated).status() == 200);
      }
      assertThat(world.issuer().fetches() - before).isBetween(2, 4);
    }
  }

  private static Answer ask(RawClient client, String token) throws IOException {
    String request = TestGateway.request("GET", DocumentsWorld.OWN, DocumentsWorld.bearer(token));
    return client.send(request).read("GET");
  }

  private static String withKeyId(String token, String keyId) {
    String header = "{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}";
    return Base64URL.encode(header) + token.substring(token.indexOf('.'));
  }
}
