package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** No request fails while the configuration changes under it (SPEC §4). */
class ReloadUnderLoadTest {
  private static final int RELOADS = 50;
  private static final int CLIENTS = 4;

  /**
   * Each change is one that concerns every request: another upstream object, another issuer object,
   * other routes; and each is seen by the first request after it.
   */
  @Test
  void noRequestFailsAcrossFiftyReloads() throws Exception {
    try (DocumentsWorld world = new DocumentsWorld();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      TestGateway gateway = world.gateway();
      AtomicBoolean over = new AtomicBoolean();
      List<Future<Integer>> answered = new ArrayList<>();
      try {
        for (int i = 0; i < CLIENTS; i++) {
          boolean kept = i % 2 == 0;
          answered.add(clients.submit(() -> ask(world, kept, over)));
        }
        for (int i = 1; i <= RELOADS; i++) {
          change(world, i);
          assertThat(gateway.call("GET", "/reload/" + i).status()).isNotEqualTo(401);
          assertThat(gateway.call("GET", "/reload/" + (i - 1)).status()).isEqualTo(401);
        }
      } finally {
        over.set(true);
      }
      assertThat(sum(answered)).isGreaterThan(RELOADS * CLIENTS);
      assertThat(world.issuer().fetches()).isEqualTo(1);
    }
  }

  private static void change(DocumentsWorld world, int number) throws IOException {
    TestGateway gateway = world.gateway();
    String other =
        world
            .file("gateway.yaml")
            .replace("probe: {", "retries: %d\n    probe: {".formatted(number % 2))
            .replace("audiences: [tests]", "audiences: [tests, other-%d]".formatted(number));
    String route =
        "routes: [{path: /reload/%d, upstream: documents, methods: {GET: public}}]\n"
            .formatted(number);
    gateway.taking(
        () -> {
          gateway.write("gateway.yaml", other);
          gateway.write("routes/reload.yaml", route);
        });
  }

  /** {@return how many requests were answered as they should be, until it is over} */
  private static int ask(DocumentsWorld world, boolean kept, AtomicBoolean over)
      throws IOException {
    String caller = world.member("documents:list documents:read");
    int answered = 0;
    while (!over.get()) {
      try (RawClient client = new RawClient(world.gateway().address())) {
        do {
          expect(client, 200, "GET", DocumentsWorld.OWN, caller);
          expect(client, 403, "DELETE", DocumentsWorld.OWN, caller);
          expect(client, 404, "GET", DocumentsWorld.HIDDEN, caller);
          expect(client, 200, "GET", "/accounts/a1/login-options");
          answered += 4;
        } while (kept && !over.get());
      }
    }
    return answered;
  }

  private static void expect(
      RawClient client, int status, String method, String target, String... fields)
      throws IOException {
    RawClient.Answer answer = client.send(TestGateway.request(method, target, fields)).read(method);
    assertThat(answer.status()).as("%s %s: %s", method, target, answer).isEqualTo(status);
  }

  private static int sum(List<Future<Integer>> answered)
      throws InterruptedException, ExecutionException, TimeoutException {
    int sum = 0;
    for (Future<Integer> one : answered) {
      sum += one.get(10, TimeUnit.SECONDS);
    }
    return sum;
  }
}
