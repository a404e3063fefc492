package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On a route that observes, probes run beside the request that is forwarded (SPEC §2). */
class ObservedProbeTest {
  private static final String NO_CACHE = "probe: {cache: {present: 0s, absent: 0s}}";
  private static final String OBSERVE = "mode: observe\nforward: {claims: {x-caller: sub}}";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final int PATIENCE_SECONDS = 10;

  @Test
  void theProbeStartsBesideTheRequest() throws Exception {
    CountDownLatch probed = new CountDownLatch(1);
    try (DocumentsWorld world = new DocumentsWorld(OBSERVE, slowProbe())) {
      world
          .api()
          .answering(
              request -> {
                if (request.method().equals("HEAD")) {
                  probed.countDown();
                } else {
                  await(probed);
                }
                return OK;
              });
      Answer answer = world.gateway().call("DELETE", OWN, world.member("documents:list"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(LogLine.of(world.gateway(), answer).get("row")).isEqualTo("8");
    }
  }

  @Test
  void theRequestDoesNotWaitForTheProbeAndTheLogDoes() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch probing = new CountDownLatch(1);
    try (DocumentsWorld world = new DocumentsWorld(OBSERVE, slowProbe())) {
      world
          .api()
          .answering(
              request -> {
                if (request.method().equals("HEAD")) {
                  probing.countDown();
                  await(answered);
                  return "HTTP/1.1 404 Not Found\r\n\r\n";
                }
                return OK;
              });
      Answer answer = world.gateway().call("PATCH", OWN, world.member("documents:list"));
      assertThat(answer.body()).isEqualTo("ok");
      await(probing);
      assertThat(world.gateway().log()).doesNotContain(answer.value("x-request-id"));
      answered.countDown();
      LogLine line = LogLine.of(world.gateway(), answer);
      assertThat(line.get("status")).isEqualTo("200");
      assertThat(line.get("observed_status")).isEqualTo("404");
      assertThat(line.get("observed_decision")).isEqualTo("absent");
    }
  }

  @Test
  void anUpstreamThatFailsIsToldAsEver() throws Exception {
    try (DocumentsWorld world = new DocumentsWorld(OBSERVE, NO_CACHE)) {
      String lister = world.member("documents:list");
      world.api().close();
      Answer answer = world.gateway().call("DELETE", OWN, lister);
      assertThat(answer.status()).isEqualTo(502);
      LogLine line = LogLine.of(world.gateway(), answer);
      assertThat(line.get("decision")).isEqualTo("forward");
      assertThat(line.get("reason")).startsWith("upstream: ");
      assertThat(line.get("observed_status")).isEqualTo("404");
      assertThat(line.get("observed_decision")).isEqualTo("concealed");
      assertThat(line.get("row")).isEqualTo("10");
    }
  }

  @Test
  void aClientThatLeavesWhileBothAreUnderWay() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(2);
    try (DocumentsWorld world = new DocumentsWorld(OBSERVE, slowProbe())) {
      world
          .api()
          .answering(
              request -> {
                both.countDown();
                await(left);
                return OK;
              });
      try (RawClient client = new RawClient(world.gateway().address())) {
        client.send(TestGateway.request("PATCH", OWN, world.member("documents:list")));
        await(both);
      }
      Eventually.holds(
          "the gateway has seen the client leave",
          () -> world.gateway().metrics().contains("\ndiscreet_connections 0.0\n"));
      left.countDown();
      LogLine line = LogLine.with(world.gateway(), "\"status\":499");
      assertThat(line.get("observed_status")).isEqualTo("405");
    }
  }

  private static String slowProbe() {
    return "probe: {timeout: 10s, cache: {present: 0s, absent: 0s}}";
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
