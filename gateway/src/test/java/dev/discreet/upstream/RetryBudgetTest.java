package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private static final int REQUESTS = 200;
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
}
