package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers and the operator are told while the upstream fails. */
class UpstreamTroubleTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final int PATIENCE_SECONDS = 10;

  /** The log is written on a thread of its own: {@return the line with {@code part} in it} */
  private static String logged(DocumentsWorld world, String part) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      for (String line : world.gateway().log().split("\n", -1)) {
        if (line.contains(part)) {
          return line;
        }
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no line with " + part + " in " + world.gateway().log());
  }

  @ParameterizedTest
  @CsvSource({"conceal,404", "disclose,403", "unavailable,503"})
  void row10AnswersByOnFailure(String onFailure, int status) throws IOException {
    try (DocumentsWorld world =
        new DocumentsWorld("", "probe: {onFailure: " + onFailure + ", cache: {present: 0s}}")) {
      String lister = world.member("documents:list");
      Answer nothing = world.gateway().call("GET", "/nowhere", lister);
      world.api().close();
      Answer answer = world.gateway().call("DELETE", OWN, lister);
      assertThat(answer.status()).isEqualTo(status);
      if (onFailure.equals("conceal")) {
        assertThat(answer.shape()).isEqualTo(nothing.shape());
        assertThat(world.gateway().call("PATCH", OWN, lister).shape()).isEqualTo(nothing.shape());
      }
      if (onFailure.equals("unavailable")) {
        assertThat(answer.value("retry-after")).isNotEmpty();
      }
    }
  }

  @Test
  void anUpstreamThatIsGoneIs502AndASlowOne504() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (DocumentsWorld world =
        new DocumentsWorld("", "timeouts: {response: 300ms}\n    probe: {method: HEAD}")) {
      String viewer = world.member("documents:read");
      world.api().answering(request -> hold(end));
      assertThat(world.gateway().call("GET", OWN, viewer).status()).isEqualTo(504);
      end.countDown();
      world.api().close();
      assertThat(world.gateway().call("GET", OWN, viewer).status()).isEqualTo(502);
    }
  }

  private static String hold(CountDownLatch end) {
    try {
      assertThat(end.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return OK;
  }

  @Test
  void anAnswerThatBreaksOffIsCutAndNotLaidToTheClient() throws IOException {
    try (DocumentsWorld world = new DocumentsWorld();
        RawClient client = new RawClient(world.gateway().address())) {
      CountDownLatch relayed = new CountDownLatch(1);
      world.api().answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello");
      client.send(TestGateway.request("GET", OWN, world.member("documents:read")));
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  relayed.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                world.api().close();
              });
      readUntilHello(client);
      relayed.countDown();
      assertThat(client.readToEnd()).isEmpty();
      assertThat(logged(world, "the upstream broke off"))
          .contains("\"status\":200")
          .contains("\"decision\":\"forward\"");
    }
  }

  @Test
  void aClientThatLeavesFirstIs499() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch reached = new CountDownLatch(1);
    try (DocumentsWorld world = new DocumentsWorld()) {
      world
          .api()
          .answering(
              request -> {
                reached.countDown();
                return hold(end);
              });
      try (RawClient client = new RawClient(world.gateway().address())) {
        client.send(TestGateway.request("GET", OWN, world.member("documents:read")));
        assertThat(reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      assertThat(logged(world, "\"status\":499")).contains("\"decision\":\"forward\"");
      end.countDown();
    }
  }

  /** The write's answer has begun and not ended; a probe had filled the cache while it ran. */
  @Test
  void whatAWriteChangedIsForgottenBeforeTheClientSeesItsAnswer() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean exists = new AtomicBoolean(true);
    try (DocumentsWorld world =
            new DocumentsWorld("", "probe: {cache: {present: 1h, absent: 1h}}");
        RawClient writer = new RawClient(world.gateway().address())) {
      String owner = world.member("documents:list documents:write");
      world
          .api()
          .answering(
              request -> {
                if (request.method().equals("PUT")) {
                  writing.countDown();
                  hold(goOn);
                  exists.set(false);
                  return "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello";
                }
                return "HTTP/1.1 " + (exists.get() ? 200 : 404) + " X\r\nContent-Length: 0\r\n\r\n";
              });
      writer.send(TestGateway.request("PUT", OWN, owner, "Content-Length: 0"));
      assertThat(writing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(world.gateway().call("DELETE", OWN, owner).status()).isEqualTo(403);
      goOn.countDown();
      readUntilHello(writer);
      assertThat(world.gateway().call("DELETE", OWN, owner).status()).isEqualTo(404);
    }
  }

  private static void readUntilHello(RawClient client) throws IOException {
    StringBuilder got = new StringBuilder();
    while (!got.toString().endsWith("hello")) {
      got.append((char) client.input().read());
    }
  }
}
