package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Eventually;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private static final int REQUESTS = 200;
  private static final int AT_ONCE = 32;
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  /** Every second request breaks: without a budget each would be sent twice. */
  @Test
  void f36AnUpstreamThatFlapsGetsNoStorm() throws Exception {
    AtomicInteger heads = new AtomicInteger();
    try (RawUpstream flapping =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  if (heads.incrementAndGet() % 2 == 0) {
                    RawUpstream.write(connection, OK);
                  } else {
                    RawUpstream.reset(connection);
                  }
                });
        Fixture gateway = new Fixture(flapping, Fixture.Settings.usual())) {
      for (int i = 0; i < REQUESTS; i++) {
        RecordingSink sink = new RecordingSink();
        gateway.forward(gateway.loop, sink, "GET", false);
        assertThat(sink.ended()).isIn("done", "BAD_GATEWAY");
      }
      int again = heads.get() - REQUESTS;
      assertThat(again).isBetween(REQUESTS / 10, REQUESTS / 5);
      String retries = "discreet_upstream_retries_total{result=\"%s\",upstream=\"api\"}";
      assertThat(gateway.metric(retries.formatted("sent"))).isEqualTo(again);
      assertThat(gateway.metric(retries.formatted("over_budget"))).isPositive();
    }
  }

  /** All that can be under way at one address, where requests before have earned it. */
  @Test
  void whatEndsWithAnAddressIsAllSentAgain() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger heads = new AtomicInteger();
    try (RawUpstream restarted =
            new RawUpstream(
                (connection, number) -> {
                  while (!RawUpstream.readHead(connection).isEmpty()) {
                    int head = heads.incrementAndGet();
                    if (head > REQUESTS && head <= REQUESTS + AT_ONCE) {
                      await(end);
                      RawUpstream.reset(connection);
                      return;
                    }
                    RawUpstream.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                  }
                });
        Fixture gateway =
            new Fixture(restarted, Fixture.Settings.usual().connections(AT_ONCE, 8))) {
      for (int i = 0; i < REQUESTS; i++) {
        RecordingSink sink = new RecordingSink();
        gateway.forward(gateway.loop, sink, "GET", false);
        assertThat(sink.ended()).isEqualTo("done");
      }
      List<RecordingSink> under = Stream.generate(RecordingSink::new).limit(AT_ONCE).toList();
      for (RecordingSink sink : under) {
        gateway.forward(gateway.loop, sink, "GET", false);
      }
      Eventually.holds("all are under way", () -> heads.get() == REQUESTS + AT_ONCE);
      end.countDown();
      for (RecordingSink sink : under) {
        assertThat(sink.ended()).isEqualTo("done");
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
