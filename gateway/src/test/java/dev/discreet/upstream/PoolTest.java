package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PoolTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /** Answers only once it may. */
  private static RawUpstream held(CountDownLatch release) {
    return new RawUpstream(
        (connection, number) -> {
          while (!RawUpstream.readHead(connection).isEmpty()) {
            await(release);
            RawUpstream.write(connection, OK);
          }
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void moreThanMayWaitAreTurnedAway() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (RawUpstream api = held(release);
        Fixture gateway = new Fixture(api, Fixture.Settings.usual().connections(1, 1))) {
      RecordingSink first = new RecordingSink();
      RecordingSink second = new RecordingSink();
      RecordingSink third = new RecordingSink();
      gateway.forward(gateway.loop, first, "GET", false);
      gateway.forward(gateway.loop, second, "GET", false);
      gateway.forward(gateway.loop, third, "GET", false);
      assertThat(third.ended()).isEqualTo("UNAVAILABLE");
      release.countDown();
      assertThat(first.ended()).isEqualTo("done");
      assertThat(second.ended()).isEqualTo("done");
      assertThat(api.connections()).isEqualTo(1);
    }
  }

  @Test
  void whoLeavesWaitsNoMore() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (RawUpstream api = held(release);
        Fixture gateway = new Fixture(api, Fixture.Settings.usual().connections(1, 1))) {
      RecordingSink first = new RecordingSink();
      RecordingSink third = new RecordingSink();
      gateway.forward(gateway.loop, first, "GET", false);
      ForwardedExchange left = gateway.forward(gateway.loop, new RecordingSink(), "GET", false);
      gateway.loop.submit(left::cancel).get();
      gateway.forward(gateway.loop, third, "GET", false);
      release.countDown();
      assertThat(third.ended()).isEqualTo("done");
    }
  }

  @Test
  void aPlaceThatComesFreeGoesToWhoeverWaitsOnAnotherLoop() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (RawUpstream api = held(release);
        Fixture gateway = new Fixture(api, Fixture.Settings.usual().connections(1, 4))) {
      RecordingSink busy = new RecordingSink();
      RecordingSink elsewhere = new RecordingSink();
      gateway.forward(gateway.loop, busy, "GET", false);
      gateway.forward(gateway.otherLoop, elsewhere, "GET", false);
      release.countDown();
      assertThat(busy.ended()).isEqualTo("done");
      assertThat(elsewhere.ended()).isEqualTo("done");
      RecordingSink back = new RecordingSink();
      gateway.forward(gateway.loop, back, "GET", false);
      assertThat(back.ended()).as("one that rests elsewhere is given up").isEqualTo("done");
    }
  }

  @Test
  void whatThePeerClosedOrSpokeOnIsNotLent() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    CompletableFuture<Socket> resting = new CompletableFuture<>();
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(connection, OK);
                  if (number == 1) {
                    resting.complete(connection);
                  }
                  RawUpstream.rest(connection);
                  closed.countDown();
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      RecordingSink first = new RecordingSink();
      gateway.forward(gateway.loop, first, "GET", false);
      assertThat(first.ended()).isEqualTo("done");
      RawUpstream.write(resting.get(10, TimeUnit.SECONDS), "HTTP/1.1 200 OK\r\n\r\npoison");
      await(closed);
      RecordingSink second = new RecordingSink();
      gateway.forward(gateway.loop, second, "POST", false);
      assertThat(second.ended()).isEqualTo("done");
      assertThat(second.body).hasToString("ok");
      assertThat(api.connections()).isEqualTo(2);
    }
  }

  @Test
  void nobodyThere() throws Exception {
    RawUpstream api = RawUpstream.answering(OK);
    api.close();
    try (Fixture gateway = new Fixture(api, Fixture.Settings.usual().connections(1, 1))) {
      for (int i = 0; i < 3; i++) {
        RecordingSink sink = new RecordingSink();
        gateway.forward(gateway.loop, sink, "GET", false);
        assertThat(sink.ended()).isEqualTo("BAD_GATEWAY");
      }
    }
  }

  /** The usual idle time is a minute; the upstream says that it ends after a second. */
  @Test
  void aConnectionIsNotKeptForLongerThanItsPeerSays() throws Exception {
    CompletableFuture<String> rest = new CompletableFuture<>();
    String second = "HTTP/1.1 200 OK\r\nKeep-Alive: max=9, timeout=1\r\nContent-Length: 0\r\n\r\n";
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(connection, second);
                  rest.complete(RawUpstream.rest(connection));
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      RecordingSink sink = new RecordingSink();
      gateway.forward(gateway.loop, sink, "GET", false);
      assertThat(sink.ended()).isEqualTo("done");
      assertThat(rest.get(10, TimeUnit.SECONDS)).isEmpty();
    }
  }
}
