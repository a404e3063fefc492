package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.UpstreamConfig.Health;
import dev.discreet.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An upstream with two addresses. */
class SeveralAddressesTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Health USUAL = new Health(5, Duration.ofSeconds(10), null);
  private static final String UP = "discreet_upstream_addresses{state=\"up\",upstream=\"api\"}";

  private static RecordingSink ask(Fixture gateway, String method) throws Exception {
    RecordingSink sink = new RecordingSink();
    gateway.forward(gateway.loop, sink, method, false);
    sink.ended();
    gateway.loop.submit(() -> {}).get();
    return sink;
  }

  private static Fixture before(Health health, RawUpstream... upstreams) {
    return new Fixture(
        Fixture.config(List.of(upstreams).stream().map(Fixture::address).toList(), health));
  }

  /** Breaks each connection once a request has come. */
  private static RawUpstream breaking() {
    return new RawUpstream((connection, number) -> RawUpstream.readHead(connection));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of two both are drawn, so that each request goes to where less is under way. */
  @Test
  void aRequestGoesToWhereLessIsUnderWay() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    RawUpstream.Script held =
        (connection, number) -> {
          RawUpstream.readHead(connection);
          await(release);
          RawUpstream.write(connection, OK);
        };
    try (RawUpstream one = new RawUpstream(held);
        RawUpstream other = new RawUpstream(held);
        Fixture gateway = before(USUAL, one, other)) {
      List<RecordingSink> sinks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        sinks.add(new RecordingSink());
        gateway.forward(
            i % 2 == 0 ? gateway.loop : gateway.otherLoop, sinks.getLast(), "POST", false);
      }
      Eventually.holds("four each", () -> one.connections() == 4 && other.connections() == 4);
      release.countDown();
      for (RecordingSink sink : sinks) {
        assertThat(sink.ended()).isEqualTo("done");
      }
    }
  }

  /** Nothing was sent, so that any request may go elsewhere. */
  @Test
  void whoCantBeReachedIsPassedOver() throws Exception {
    RawUpstream gone = RawUpstream.answering(OK);
    gone.close();
    try (RawUpstream well = RawUpstream.answering(OK);
        Fixture gateway = before(USUAL, gone, well)) {
      for (int i = 0; i < 30; i++) {
        assertThat(ask(gateway, "POST").ended()).isEqualTo("done");
      }
      assertThat(gateway.metric(UP)).as("and left out").isEqualTo(1);
      assertThat(gateway.metric("discreet_upstream_ejections_total{upstream=\"api\"}"))
          .isEqualTo(1);
    }
  }

  @Test
  void whatIsSentAgainGoesToTheOther() throws Exception {
    try (RawUpstream broken = breaking();
        RawUpstream well = RawUpstream.answering(OK);
        Fixture gateway = before(new Health(0, Duration.ofSeconds(1), null), broken, well)) {
      while (broken.connections() == 0) {
        assertThat(ask(gateway, "GET").ended()).isEqualTo("done");
      }
    }
  }

  @Test
  void whoFailsTooOftenInARowIsLeftOutAndComesBack() throws Exception {
    try (RawUpstream broken = breaking();
        RawUpstream well = RawUpstream.answering(OK);
        Fixture gateway = before(new Health(3, Duration.ofMillis(300), null), broken, well)) {
      Eventually.holds(
          "left out",
          () -> {
            ask(gateway, "POST");
            return gateway.metric(UP) == 1;
          });
      assertThat(broken.connections()).isEqualTo(3);
      Eventually.holds("back", () -> gateway.metric(UP) == 2);
      Eventually.holds(
          "tried again",
          () -> {
            ask(gateway, "POST");
            return broken.connections() > 3;
          });
    }
  }

  @Test
  void theLastOneIsNeverLeftOut() throws Exception {
    try (RawUpstream one = breaking();
        RawUpstream other = breaking();
        Fixture gateway = before(new Health(1, Duration.ofHours(1), null), one, other)) {
      for (int i = 0; i < 10; i++) {
        assertThat(ask(gateway, "POST").ended()).isEqualTo("BAD_GATEWAY");
      }
      assertThat(gateway.metric(UP)).isEqualTo(1);
      assertThat(Math.min(one.connections(), other.connections())).isEqualTo(1);
      assertThat(Math.max(one.connections(), other.connections())).isEqualTo(9);
    }
  }

  @Test
  void oneThatWasLeftOutAndIsBackIsBetterThanNone() throws Exception {
    String last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
    RawUpstream other = RawUpstream.answering(last);
    try (RawUpstream back =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  if (number > 1) {
                    RawUpstream.write(connection, last);
                  }
                });
        Fixture gateway = before(new Health(1, Duration.ofHours(1), null), back, other)) {
      while (gateway.metric(UP) == 2) {
        ask(gateway, "POST");
      }
      other.close();
      while (back.connections() == 1) {
        assertThat(ask(gateway, "GET").ended()).isEqualTo("done");
      }
    }
  }

  @Test
  void zeroFailuresLeaveNobodyOut() throws Exception {
    try (RawUpstream one = breaking();
        RawUpstream other = breaking();
        Fixture gateway = before(new Health(0, Duration.ofHours(1), null), one, other)) {
      for (int i = 0; i < 10; i++) {
        ask(gateway, "POST");
      }
      assertThat(gateway.metric(UP)).isEqualTo(2);
    }
  }

  @Test
  void oneAnswerOfAnyKindEndsTheRow() throws Exception {
    try (RawUpstream sometimes =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  if (number % 3 == 0) {
                    RawUpstream.write(connection, "HTTP/1.1 500 No\r\nConnection: close\r\n\r\n");
                  }
                });
        RawUpstream well = RawUpstream.answering(OK);
        Fixture gateway = before(new Health(3, Duration.ofHours(1), null), sometimes, well)) {
      while (sometimes.connections() < 9) {
        ask(gateway, "POST");
      }
      assertThat(gateway.metric(UP)).isEqualTo(2);
    }
  }

  @Test
  void anAddressThatReturnsGetsATenthOfItsShareAtFirstAndAllOfItInTheEnd() {
    Endpoint endpoint = Fixture.endpoint();
    endpoint.returned(Duration.ofDays(1).toNanos());
    assertThat(admitted(endpoint)).isBetween(800L, 1200L);
    endpoint.returned(1);
    assertThat(admitted(endpoint)).isEqualTo(10_000);
  }

  private static long admitted(Endpoint endpoint) {
    return IntStream.range(0, 10_000).filter(i -> endpoint.admits()).count();
  }
}
