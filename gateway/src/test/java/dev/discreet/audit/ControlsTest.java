package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.audit.Controls.Control;
import dev.discreet.audit.Leaky.Leak;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What tells something is found, under its name, and what tells nothing is not accused. */
class ControlsTest {
  private static final Bounds BOUNDS = new Bounds(1e6, 0.5, 0.5);

  private static final Pair PAIR = new Pair(LeakyServer.HIDDEN, LeakyServer.MISSING);

  static Settings settings(int triples) {
    return settings(triples, Integer.MAX_VALUE);
  }

  static Settings settings(int triples, int budget) {
    return new Settings(
        "discreet-audit/test", "token", true, 0, 2, 12, triples, 60, budget, BOUNDS, 1);
  }

  private static AuditResult audit(LeakyServer server, Protocol protocol, int triples)
      throws IOException {
    Target target = Target.of(server.url(), null);
    EnumSet<Protocol> protocols = EnumSet.of(protocol);
    return new Audit(target, List.of(PAIR), settings(triples), protocols, step -> {}).run();
  }

  /** The whole audit of each is ControlTable's: it takes its time. */
  @ParameterizedTest
  @MethodSource("dev.discreet.audit.Controls#all")
  void findsALeakByItsName(Control control) throws IOException {
    try (LeakyServer server = new LeakyServer(control.leak(), control.missing())) {
      Target target = Target.of(server.url(), null);
      List<Variant> variants =
          Variants.all(target.authority()).stream()
              .filter(variant -> variant.oracle() == control.oracle())
              .toList();
      ByteResult result =
          new ByteAudit(
                  target,
                  control.protocol(),
                  PAIR,
                  List.of(PAIR),
                  settings(0),
                  new Pace(0),
                  new UnsafeMethods(true))
              .run(variants);
      assertThat(result.differences())
          .extracting(Difference::oracle)
          .contains(control.oracle())
          .isSubsetOf(control.oracle(), Oracle.FIELDS);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void accusesNobodyWhoTellsNothing(Protocol protocol) throws IOException {
    try (LeakyServer server = new LeakyServer((asked, answer) -> {})) {
      AuditResult result = audit(server, protocol, 0);
      assertThat(result.differences()).as(ReportText.of(result)).isEmpty();
      assertThat(result.outcome()).isEqualTo(Outcome.PASS);
      assertThat(result.answers().getFirst().varying()).contains("header x-request-id");
    }
  }

  static Stream<Leak> atRandom() {
    Random random = new Random(1);
    return Stream.of(
        (asked, answer) -> answer.set("x-padding", "x".repeat(1 + random.nextInt(64))),
        (asked, answer) -> answer.body = "x".repeat(1 + random.nextInt(64)),
        (asked, answer) -> answer.body = "x".repeat(70_000) + random.nextInt(10),
        (asked, answer) -> answer.early.add(new Field("x-node", "" + random.nextInt(64))),
        (asked, answer) -> answer.set("x-node", random.nextBoolean() ? "a" : "bb"),
        (asked, answer) -> answer.chunked = random.nextBoolean());
  }

  /** What chance does to both is no leak, however many ways there are to ask. */
  @ParameterizedTest
  @MethodSource
  void atRandom(Leak both) throws IOException {
    try (LeakyServer server = new LeakyServer(both, both)) {
      AuditResult result = audit(server, Protocol.H1, 0);
      assertThat(result.differences()).as(ReportText.of(result)).isEmpty();
    }
  }

  /** Each path may be answered by either of two, that take turns. */
  @ParameterizedTest
  @EnumSource
  void takingTurns(Protocol protocol) throws IOException {
    // Over HTTP/1.1 each exchange has a second request, which shows whether the connection lives.
    int requests = protocol == Protocol.H1 ? 2 : 1;
    AtomicInteger turn = new AtomicInteger();
    Leak both =
        (asked, answer) ->
            answer.set("x-node", turn.getAndIncrement() / requests % 2 == 0 ? "a" : "b");
    try (LeakyServer server = new LeakyServer(both, both)) {
      AuditResult result = audit(server, protocol, 0);
      assertThat(result.differences()).as(ReportText.of(result)).isEmpty();
      assertThat(server.methods()).contains("DELETE", "PUT");
    }
  }

  /** One answer in twenty, which the first asks may miss. */
  @ParameterizedTest
  @EnumSource
  void findsAStatusThatIsAnsweredNowAndThen(Protocol protocol) throws IOException {
    AtomicInteger asks = new AtomicInteger();
    Leak seldom =
        (asked, answer) -> {
          if (asks.incrementAndGet() % 20 == 0) {
            answer.status(403, "Forbidden");
          }
        };
    try (LeakyServer server = new LeakyServer(seldom)) {
      TimeResult result =
          new TimeAudit(
                  Target.of(server.url(), null),
                  List.of(PAIR),
                  protocol,
                  "GET",
                  settings(800),
                  new Pace(0))
              .run();
      assertThat(result.differences())
          .singleElement()
          .satisfies(
              told -> {
                assertThat(told.oracle()).isEqualTo(Oracle.STATUS);
                assertThat(told.hidden()).contains("403 (");
                assertThat(told.missing()).startsWith("404 (").doesNotContain("403");
              });
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void findsALeakOfTime(Protocol protocol) throws IOException {
    long slower = TimeUnit.MILLISECONDS.toNanos(5);
    try (LeakyServer server = new LeakyServer(Controls.slower(slower))) {
      TimeResult result =
          new TimeAudit(
                  Target.of(server.url(), null),
                  List.of(PAIR),
                  protocol,
                  "GET",
                  settings(150),
                  new Pace(0))
              .run();
      assertThat(result.triples()).isEqualTo(150);
      Judged median = result.judged().getFirst();
      assertThat(median.outcome()).isEqualTo(Outcome.FAIL);
      assertThat(median.difference().value()).isGreaterThan(slower * 0.5);
    }
  }

  @Test
  void aTripleIsOfPathsOfOneKind() throws IOException {
    List<Pair> pairs =
        List.of(
            PAIR,
            new Pair("/things/11", "/things/22"),
            new Pair("/things/1113", "/things/2224"),
            new Pair("/things/13", "/things/24"));
    try (LeakyServer server = new LeakyServer((asked, answer) -> {})) {
      Target target = Target.of(server.url(), null);
      new TimeAudit(target, pairs, Protocol.H1, "GET", settings(60), new Pace(0)).run();
      List<String> asked = List.copyOf(server.requests());
      for (int triple = 0; triple < asked.size(); triple += 3) {
        List<String> paths = asked.subList(triple, triple + 3);
        assertThat(paths).doesNotHaveDuplicates();
        assertThat(paths).extracting(String::length).containsOnly(paths.getFirst().length());
      }
    }
  }

  /** Less time than this can't have passed; more may. */
  @ParameterizedTest
  @EnumSource
  void theRateIsThatOfAllRequests(Protocol protocol) throws IOException {
    int perSecond = 100;
    try (LeakyServer server = new LeakyServer((asked, answer) -> {})) {
      Pace pace = new Pace(perSecond);
      UnsafeMethods none = new UnsafeMethods(false);
      long start = System.nanoTime();
      new ByteAudit(
              Target.of(server.url(), null), protocol, PAIR, List.of(PAIR), settings(0), pace, none)
          .run(List.of());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      // What follows in one exchange is not waited for by itself.
      long gaps = server.requests().size() - 3L;
      assertThat(took).isGreaterThan(Duration.ofSeconds(1).dividedBy(perSecond).multipliedBy(gaps));
    }
  }

  @Test
  void aPathThatIsRepeatedIsNoLeak() throws IOException {
    Leak repeating = (asked, answer) -> answer.body = "nothing at " + asked.path();
    try (LeakyServer server = new LeakyServer(repeating, repeating)) {
      AuditResult result = audit(server, Protocol.H1, 0);
      assertThat(result.differences()).as(ReportText.of(result)).isEmpty();
      assertThat(ReportText.of(result)).contains("Answers repeat the path");
    }
  }

  @Test
  void sendsNothingUnsafeForWhatTheCallerMaySee() throws IOException {
    try (LeakyServer server = new LeakyServer((asked, answer) -> answer.status(200, "OK"))) {
      AuditResult result = audit(server, Protocol.H1, 0);
      assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
      assertThat(server.methods()).doesNotContain("DELETE", "PUT", "POST", "PATCH");
      assertThat(result.notices()).anyMatch(notice -> notice.contains("the caller may see"));
    }
  }

  @Test
  void endsWhatIsUnsafeOnceItSucceeded() throws IOException {
    Leak deleting =
        (asked, answer) -> {
          if (asked.method().equals("DELETE")) {
            answer.status(204, "Gone").body = "";
          }
        };
    try (LeakyServer server = new LeakyServer(deleting)) {
      AuditResult result = audit(server, Protocol.H1, 0);
      assertThat(result.notices()).anyMatch(notice -> notice.contains("not sent any more"));
      assertThat(server.methods().stream().filter("DELETE"::equals)).hasSize(2);
      assertThat(result.differences()).extracting(Difference::oracle).containsOnly(Oracle.METHOD);
    }
  }
}
