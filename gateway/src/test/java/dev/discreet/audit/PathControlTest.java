package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.audit.Leaky.Leak;
import dev.discreet.audit.PathControls.Innocent;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made of the path is no leak; the guilty beside it are among {@link Controls}. */
class PathControlTest {
  private static AuditResult audit(Leak hidden, Leak missing, List<Pair> pairs, Protocol... asked)
      throws IOException {
    try (LeakyServer server = new LeakyServer(hidden, missing)) {
      EnumSet<Protocol> protocols = EnumSet.of(asked[0], asked);
      Target target = Target.of(server.url(), null);
      return new Audit(target, pairs, ControlsTest.settings(0), protocols, step -> {}).run();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.discreet.audit.PathControls#innocent")
  void whatIsMadeOfThePathIsNoLeak(Innocent innocent) throws IOException {
    AuditResult result =
        audit(innocent.both(), innocent.both(), List.of(innocent.pair()), Protocol.values());
    assertThat(result.differences()).as(ReportText.of(result)).isEmpty();
    assertThat(result.answers())
        .extracting(ByteResult::made)
        .allMatch(made -> covers(made, innocent.made()), innocent.made().toString());
  }

  private static boolean covers(Set<String> made, Set<String> expected) {
    return expected.stream()
        .allMatch(name -> made.contains(name) || made.contains(Observation.FIELD + name));
  }

  @Test
  void theReportNamesIt() throws IOException {
    Innocent tag = PathControls.innocent().getFirst();
    AuditResult result = audit(tag.both(), tag.both(), List.of(tag.pair()), Protocol.H1);
    assertThat(ReportText.of(result)).contains("Made of the path", "header etag", "were made up");
    assertThat(ReportHtml.of(result)).contains("Made of the path", "header etag");
    assertThat(ReportJson.of(result)).contains("\"madeOfPath\" : [ \"header etag\" ]");
  }

  /** A path that nobody named may be the caller's own. */
  @Test
  void nothingThatCouldChangeAThingIsSentToAPathThatWasMadeUp() throws IOException {
    Innocent tag = PathControls.innocent().getFirst();
    try (LeakyServer server = new LeakyServer(tag.both(), tag.both())) {
      Target target = Target.of(server.url(), null);
      Settings settings = ControlsTest.settings(0);
      EnumSet<Protocol> protocols = EnumSet.of(Protocol.H1);
      new Audit(target, List.of(tag.pair()), settings, protocols, step -> {}).run();
      List<String> others =
          server.requests().stream()
              .filter(request -> !isOfPair(request.toLowerCase(Locale.ROOT), tag.pair()))
              .toList();
      assertThat(others).isNotEmpty().allMatch(PathControlTest::isSafe);
      assertThat(server.methods()).contains("DELETE");
    }
  }

  private static boolean isOfPair(String request, Pair pair) {
    return Stream.of(pair.hidden(), pair.missing()).anyMatch(request::contains)
        || request.contains("%");
  }

  private static boolean isSafe(String request) {
    return Variant.SAFE.contains(request.split(" ", 2)[0]);
  }

  @Test
  void whatIsAnsweredOtherwiseThanMissingIsNoControl() throws IOException {
    Innocent tag = PathControls.innocent().getFirst();
    Leak strict =
        (asked, answer) -> {
          tag.both().change(asked, answer);
          if (!isOfPair(asked.path(), tag.pair())) {
            answer.status(400, "No id");
          }
        };
    AuditResult result = audit(strict, strict, List.of(tag.pair()), Protocol.H1);
    assertThat(result.differences()).extracting(Difference::oracle).contains(Oracle.CACHING);
    assertThat(result.notices()).anyMatch(notice -> notice.startsWith("no further path"));
  }

  private static Leak shared(String first, String second) {
    return (asked, answer) ->
        answer.set("x-node", asked.path().charAt(8) % 2 == 0 ? first : second);
  }

  private static Leak sharded(boolean telling) {
    return (asked, answer) -> {
      boolean exists = telling && asked.path().startsWith("/things/1");
      int shard = (int) (PathControls.crc(asked) % 8);
      answer.set("x-shard", exists ? "z" : "abcdefgh".substring(shard, shard + 1));
    };
  }

  @Test
  void whatNoMissingPathHasIsNotDealtOutByTheirHash() throws IOException {
    Random random = new Random(1);
    List<Pair> pairs =
        IntStream.range(0, 12)
            .mapToObj(i -> 1000 + random.nextInt(1000))
            .map(id -> new Pair("/things/" + id, "/things/" + (id + 1000)))
            .toList();
    for (List<Pair> some : List.of(pairs, pairs.subList(0, 8))) {
      assertThat(audit(sharded(true), sharded(true), some, Protocol.H1).differences()).isNotEmpty();
    }
    assertThat(audit(sharded(false), sharded(false), pairs, Protocol.H1).differences()).isEmpty();
  }

  @Test
  void theReportNamesWhatCouldNotBeComparedWordByWord() throws IOException {
    Innocent words =
        PathControls.innocent().stream()
            .filter(each -> each.title().startsWith("words"))
            .findFirst()
            .orElseThrow();
    AuditResult result = audit(words.both(), words.both(), List.of(words.pair()), Protocol.H1);
    assertThat(ReportText.of(result)).contains("body: other words");
  }

  /** Another pair's path is missing for sure, one that is made up may exist. */
  @Test
  void whatPathsShareIsNoLeakWhereAnotherPairShowsIt() throws IOException {
    Pair pair = new Pair(LeakyServer.HIDDEN, LeakyServer.MISSING);
    Leak node = shared("even", "odd.");
    assertThat(audit(node, node, List.of(pair), Protocol.H1).differences()).isNotEmpty();
    List<Pair> pairs = List.of(pair, new Pair("/things/1113", "/things/3333"));
    assertThat(audit(node, node, pairs, Protocol.H1).differences()).isEmpty();
  }
}
