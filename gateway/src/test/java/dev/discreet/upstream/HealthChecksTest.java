package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.UpstreamConfig.Checks;
import dev.discreet.config.UpstreamConfig.Health;
import dev.discreet.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Addresses that are asked whether they are well. */
class HealthChecksTest {
  private static final String UP = "discreet_upstream_addresses{state=\"up\",upstream=\"api\"}";
  private static final Health CHECKED =
      new Health(
          5,
          Duration.ofMillis(100),
          new Checks("/health?deep=1", Duration.ofMillis(50), Duration.ofSeconds(5)));

  /** Answers checks with a status that may change, and counts what else comes. */
  private static final class Checked implements AutoCloseable {
    private final AtomicInteger status = new AtomicInteger(204);
    private final AtomicInteger checks = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final RawUpstream upstream =
        new RawUpstream(
            (connection, number) -> {
              String head = RawUpstream.readHead(connection);
              if (head.startsWith("GET /health?deep=1 HTTP/1.1\r\n")) {
                checks.incrementAndGet();
                assertThat(head).contains("host: 127.0.0.1:");
                RawUpstream.write(connection, "HTTP/1.1 " + status + " X\r\n\r\n");
              } else {
                requests.incrementAndGet();
                RawUpstream.write(
                    connection,
                    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
              }
            });

    @Override
    public void close() {
      upstream.close();
    }
  }

  private static Fixture before(Checked... upstreams) {
    return new Fixture(
        Fixture.config(
            List.of(upstreams).stream().map(one -> Fixture.address(one.upstream)).toList(),
            CHECKED));
  }

  private static RecordingSink ask(Fixture gateway) throws Exception {
    RecordingSink sink = new RecordingSink();
    gateway.forward(gateway.loop, sink, "GET", false);
    sink.ended();
    return sink;
  }

  @Test
  void whoFailsItsChecksGetsNothingUntilItPassesOne() throws Exception {
    try (Checked ill = new Checked();
        Checked well = new Checked();
        Fixture gateway = before(ill, well)) {
      ill.status.set(503);
      Eventually.holds("left out", () -> gateway.metric(UP) == 1);
      int before = ill.requests.get();
      for (int i = 0; i < 20; i++) {
        assertThat(ask(gateway).ended()).isEqualTo("done");
      }
      assertThat(ill.requests).hasValue(before);
      ill.status.set(200);
      Eventually.holds("back", () -> gateway.metric(UP) == 2);
      Eventually.holds(
          "gets requests",
          () -> {
            ask(gateway);
            return ill.requests.get() > before;
          });
    }
  }

  /** A check is right where a passive count is not: the last one can be ill too. */
  @Test
  void whereAllAreIllNobodyIsAsked() throws Exception {
    try (Checked ill = new Checked();
        Fixture gateway = before(ill)) {
      ill.status.set(500);
      Eventually.holds("left out", () -> gateway.metric(UP) == 0);
      RecordingSink sink = ask(gateway);
      assertThat(sink.ended()).isEqualTo("UNAVAILABLE");
      assertThat(sink.reason).isEqualTo("none of its addresses is healthy");
      assertThat(ill.requests).hasValue(0);
    }
  }

  /** Another upstream's checks tell how much time has passed. */
  @Test
  void aRetiredUpstreamIsCheckedNoMore() throws Exception {
    try (Checked retired = new Checked();
        Checked clock = new Checked();
        Fixture gateway = before(retired);
        Fixture other = before(clock)) {
      Eventually.holds("checked", () -> retired.checks.get() > 2);
      gateway.upstreams.close();
      int before = retired.checks.get();
      int began = clock.checks.get();
      Eventually.holds("time passes", () -> clock.checks.get() > began + 10);
      assertThat(retired.checks.get()).as("one may have been on its way").isLessThan(before + 2);
      assertThat(other.metric(UP)).isEqualTo(1);
    }
  }
}
