package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.audit.Leaky.Leak;
import dev.discreet.cli.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an audit says that comes to no end: what it found, and that it is not all. */
class EndedAuditTest {
  private static final Leak NONE = (asked, answer) -> {};
  private static final Leak FORBIDDING = (asked, answer) -> answer.status(403, "Forbidden");

  private static final Pair FIRST = new Pair(LeakyServer.HIDDEN, LeakyServer.MISSING);
  private static final List<Pair> PAIRS =
      List.of(FIRST, new Pair("/seen/3333", "/seen/4444"), new Pair("/seen/5555", "/seen/6666"));

  private final AtomicLong nanos = new AtomicLong();

  private Leak taking(int seconds, String path, Leak leak) {
    return (asked, answer) -> {
      if (asked.path().startsWith(path)) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
      }
      leak.change(asked, answer);
    };
  }

  private AuditResult audit(
      LeakyServer server, int triples, int budget, EnumSet<Protocol> protocols) throws IOException {
    return new Audit(
            Target.of(server.url(), null),
            PAIRS,
            ControlsTest.settings(triples, budget),
            protocols,
            step -> {},
            new Deadline(budget, nanos::get))
        .run();
  }

  @Test
  void withoutTimeNothingIsAskedAndNothingPasses() throws IOException {
    try (LeakyServer server = new LeakyServer(NONE)) {
      AuditResult result = audit(server, 20, 0, EnumSet.allOf(Protocol.class));
      assertThat(result.answers()).isEmpty();
      assertThat(result.times()).isEmpty();
      assertThat(result.outcome()).isEqualTo(Outcome.UNDECIDED);
      assertThat(ReportText.of(result))
          .containsPattern("time was up after 0 s \\(without --quick, .* (\\d+) of \\1 ways to ask")
          .contains("4 of 4 measurements of time were left out");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatThereWasNoTimeForIsTold(Protocol protocol) throws IOException {
    Leak slow = taking(1, "/", NONE);
    try (LeakyServer server = new LeakyServer(slow, slow)) {
      AuditResult result = audit(server, 20, 100, EnumSet.of(protocol));
      assertThat(result.answers()).extracting(ByteResult::pair).containsExactly(FIRST);
      assertThat(result.answers().getFirst().oracles()).contains(Oracle.STATUS);
      assertThat(result.whole()).isFalse();
      assertThat(result.differences()).isEmpty();
      assertThat(result.verdict()).startsWith("UNDECIDED: the answers that came do not tell");
      assertThat(server.requests()).hasSizeLessThan(110);
      assertThat(ReportJson.of(result)).contains("\"whole\" : false");
    }
  }

  @Test
  void whatWasFoundInTimeIsFound() throws IOException {
    Leak telling = taking(1, "/", FORBIDDING);
    try (LeakyServer server = new LeakyServer(telling, taking(1, "/", NONE))) {
      AuditResult result = audit(server, 0, 100, EnumSet.of(Protocol.H1));
      assertThat(result.whole()).isFalse();
      assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
    }
  }

  /** Two measurements of 60 s each are to follow, and no pair that was not asked for is changed. */
  @Test
  void furtherPairsLeaveTimeToMeasureTime() throws IOException {
    AtomicInteger before = new AtomicInteger();
    Leak once =
        (asked, answer) -> {
          if (asked.path().equals("/seen/3333") && before.getAndIncrement() == 0) {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(900));
          }
        };
    try (LeakyServer server = new LeakyServer(once, once)) {
      AuditResult result = audit(server, 20, 1000, EnumSet.of(Protocol.H1));
      assertThat(result.answers())
          .extracting(ByteResult::pair)
          .containsExactlyElementsOf(PAIRS.subList(0, 2));
      assertThat(result.times()).extracting(TimeResult::method).containsExactly("GET");
      assertThat(server.methods()).doesNotContain("PUT", "POST", "PATCH", "DELETE");
      assertThat(result.notices())
          .anyMatch(notice -> notice.startsWith("not all pairs were asked for"))
          .anyMatch(notice -> notice.contains("0 of 1 measurements of time"));
      assertThat(result.outcome()).isNotEqualTo(Outcome.PASS);
    }
  }

  /** {@return what the command says of a server that goes away after so many requests} */
  private static Run leaving(int requests, Leak leak) throws IOException {
    AtomicReference<LeakyServer> itself = new AtomicReference<>();
    AtomicInteger count = new AtomicInteger();
    Leak counting =
        (asked, answer) -> {
          if (count.incrementAndGet() > requests) {
            close(itself.get());
          }
        };
    Leak both =
        (asked, answer) -> {
          counting.change(asked, answer);
          leak.change(asked, answer);
        };
    try (LeakyServer server = new LeakyServer(both, counting)) {
      itself.set(server);
      String arguments = "audit --token t --triples 0 --protocol h1 --url " + server.url();
      String pair = " --hidden " + FIRST.hidden() + " --missing " + FIRST.missing();
      return Run.of((arguments + pair).split(" ", -1));
    }
  }

  private static void close(LeakyServer server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void ofAServerThatGoesAwayItReportsWhatWasFound() throws IOException {
    Run run = leaving(200, NONE);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("can't be audited any further: Connection refused");
    assertThat(run.out())
        .contains("PASS      1  status and reason", "the audit ended early: Connection refused")
        .contains("UNDECIDED: the answers that came do not tell hidden from missing");
  }

  @Test
  void aLeakOfAServerThatGoesAwayIsALeak() throws IOException {
    Run run = leaving(200, FORBIDDING);
    assertThat(run.out()).contains("FAIL      1  status and reason", "the audit ended early: ");
    assertThat(run.exit()).isEqualTo(1);
  }
}
