package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.policy.Existence;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ExistenceProbeTest {
  private final Semaphore arrived = new Semaphore(0);
  private final Semaphore mayAnswer = new Semaphore(0);
  private final AtomicReference<String> status = new AtomicReference<>("200 OK");
  private final AtomicReference<String> lastHead = new AtomicReference<>("");

  private final RawUpstream api =
      new RawUpstream(
          (connection, number) -> {
            for (String head = RawUpstream.readHead(connection);
                !head.isEmpty();
                head = RawUpstream.readHead(connection)) {
              lastHead.set(head);
              arrived.release();
              take(mayAnswer);
              RawUpstream.write(
                  connection, "HTTP/1.1 " + status.get() + "\r\nContent-Length: 9\r\n\r\n");
            }
          });

  private static void take(Semaphore semaphore) {
    try {
      assertThat(semaphore.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<Finding> find(Fixture gateway, EventLoop loop, String path) {
    CompletableFuture<Finding> answer = new CompletableFuture<>();
    loop.execute(
        () ->
            gateway
                .upstreams
                .probe()
                .ask(
                    Fixture.question(path),
                    () -> new CallerHead(EmptyHttpHeaders.INSTANCE, "main\nalice"),
                    loop,
                    finding -> {
                      assertThat(loop.inEventLoop()).isTrue();
                      answer.complete(finding);
                    }));
    return answer;
  }

  private static CompletableFuture<Existence> ask(Fixture gateway, EventLoop loop, String path) {
    return find(gateway, loop, path).thenApply(Finding::existence);
  }

  private Existence answered(CompletableFuture<Existence> asked) throws Exception {
    mayAnswer.release();
    return asked.get(10, TimeUnit.SECONDS);
  }

  @Test
  void manyWhoAskAtOnceCostOneProbe() throws Exception {
    try (api;
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      List<CompletableFuture<Existence>> all = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        all.add(ask(gateway, i % 2 == 0 ? gateway.loop : gateway.otherLoop, "/docs/a b"));
      }
      take(arrived);
      mayAnswer.release(1000);
      for (CompletableFuture<Existence> one : all) {
        assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(Existence.PRESENT);
      }
      assertThat(arrived.availablePermits()).as("further probes").isZero();
      assertThat(lastHead.get())
          .isEqualTo(
              "HEAD /docs/a%20b HTTP/1.1\r\nhost: api.test:"
                  + api.port()
                  + "\r\nauthorization: Bearer probe\r\n\r\n");
    }
  }

  @Test
  void anAnswerIsRememberedForItsTime() throws Exception {
    try (api;
        Fixture gateway =
            new Fixture(api, Fixture.Settings.usual().presentFor(Duration.ofMillis(300)))) {
      assertThat(answered(ask(gateway, gateway.loop, "/docs/1"))).isEqualTo(Existence.PRESENT);
      assertThat(ask(gateway, gateway.otherLoop, "/docs/1").get(10, TimeUnit.SECONDS))
          .isEqualTo(Existence.PRESENT);
      assertThat(arrived.availablePermits()).isEqualTo(1);
      gateway.loop.schedule(() -> {}, 400, TimeUnit.MILLISECONDS).get();
      status.set("404 Not Found");
      assertThat(answered(ask(gateway, gateway.loop, "/docs/1"))).isEqualTo(Existence.ABSENT);
    }
  }

  @Test
  void nothingIsRememberedForNoTime() throws Exception {
    try (api;
        Fixture gateway = new Fixture(api, Fixture.Settings.usual().presentFor(Duration.ZERO))) {
      assertThat(answered(ask(gateway, gateway.loop, "/docs/1"))).isEqualTo(Existence.PRESENT);
      assertThat(answered(ask(gateway, gateway.loop, "/docs/1"))).isEqualTo(Existence.PRESENT);
      assertThat(arrived.availablePermits()).isEqualTo(2);
    }
  }

  @Test
  void aProbeAcrossAWriteIsNotRemembered() throws Exception {
    try (api;
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      CompletableFuture<Existence> across = ask(gateway, gateway.loop, "/docs/1");
      take(arrived);
      gateway.upstreams.probe().forget(Fixture.permit(0, "/docs/1"), "DELETE");
      assertThat(answered(across)).isEqualTo(Existence.PRESENT);
      status.set("404 Not Found");
      assertThat(answered(ask(gateway, gateway.loop, "/docs/1"))).isEqualTo(Existence.ABSENT);
      gateway.upstreams.probe().forget(Fixture.permit(0, "/docs/1"), "GET");
      assertThat(ask(gateway, gateway.loop, "/docs/1").get(10, TimeUnit.SECONDS))
          .as("a read forgets nothing")
          .isEqualTo(Existence.ABSENT);
      gateway.upstreams.probe().forget(Fixture.permit(0, "/docs/1"), "PUT");
      status.set("200 OK");
      assertThat(answered(ask(gateway, gateway.loop, "/docs/1"))).isEqualTo(Existence.PRESENT);
    }
  }

  /** On a connection that had served before, where an end without an answer asks once more. */
  @Test
  void anAnswerThatBreaksOffInItsHeadIsUnknownAndNotAskedForAgain() throws Exception {
    AtomicInteger probes = new AtomicInteger();
    try (RawUpstream broken =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                  RawUpstream.readHead(connection);
                  probes.incrementAndGet();
                  RawUpstream.write(connection, "HTTP/1.1 200 OK\r\nX: ");
                  RawUpstream.reset(connection);
                });
        Fixture gateway = new Fixture(broken, Fixture.Settings.usual())) {
      assertThat(ask(gateway, gateway.loop, "/docs/1").get(10, TimeUnit.SECONDS))
          .isEqualTo(Existence.PRESENT);
      gateway.loop.submit(() -> {}).get();
      assertThat(find(gateway, gateway.loop, "/docs/2").get(10, TimeUnit.SECONDS))
          .isEqualTo(Finding.unknown("it reset the connection within its answer"));
      assertThat(probes).hasValue(1);
      assertThat(broken.connections()).isEqualTo(1);
    }
  }

  /** As a request that may be sent again (SPEC §6). */
  @Test
  void whatIsKilledBeforeItsAnswerIsAskedForOnceMore() throws Exception {
    try (RawUpstream broken =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  if (number == 1) {
                    RawUpstream.reset(connection);
                  } else if (number == 2) {
                    RawUpstream.write(connection, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                  }
                });
        Fixture gateway = new Fixture(broken, Fixture.Settings.usual())) {
      assertThat(find(gateway, gateway.loop, "/docs/1").get(10, TimeUnit.SECONDS))
          .isEqualTo(Finding.of(Existence.PRESENT));
      assertThat(broken.connections()).isEqualTo(2);
      assertThat(find(gateway, gateway.loop, "/docs/2").get(10, TimeUnit.SECONDS))
          .as("once, and no more")
          .isEqualTo(Finding.unknown("it closed the connection before its answer"));
      assertThat(broken.connections()).isEqualTo(4);
    }
  }

  @Test
  void whatSaysNeitherIsUnknown() throws Exception {
    try (api;
        Fixture gateway = new Fixture(api, Fixture.Settings.usual().maxConcurrent(1))) {
      for (String neither : List.of("401 No", "403 No", "302 Found", "500 Oops")) {
        status.set(neither);
        CompletableFuture<Finding> found = find(gateway, gateway.loop, "/docs/1");
        mayAnswer.release();
        assertThat(found.get(10, TimeUnit.SECONDS))
            .isEqualTo(Finding.unknown("answered " + neither.substring(0, 3)));
      }
      CompletableFuture<Existence> first = ask(gateway, gateway.loop, "/docs/2");
      arrived.acquire(5);
      assertThat(find(gateway, gateway.loop, "/docs/3").get(10, TimeUnit.SECONDS))
          .isEqualTo(Finding.unknown("too many probes at once"));
      status.set("200 OK");
      assertThat(answered(first)).isEqualTo(Existence.PRESENT);
    }
  }
}
