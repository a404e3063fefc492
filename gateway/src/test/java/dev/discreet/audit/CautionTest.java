package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.audit.Leaky.Leak;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An audit changes nothing that is the caller's to change, and vouches for nothing it did not see.
 */
class CautionTest {
  private static final Set<String> UNSAFE = Set.of("PUT", "POST", "PATCH", "DELETE");
  private static final String SEEN = "/seen/3333";
  private static final String UNSEEN = "/seen/4444";

  private static final List<Pair> PAIRS =
      List.of(new Pair(LeakyServer.HIDDEN, LeakyServer.MISSING), new Pair(SEEN, UNSEEN));

  private static AuditResult audit(LeakyServer server, int triples, Protocol... protocols)
      throws IOException {
    Target target = Target.of(server.url(), null);
    EnumSet<Protocol> spoken = EnumSet.of(protocols[0], protocols);
    return new Audit(target, PAIRS, ControlsTest.settings(triples), spoken, step -> {}).run();
  }

  private static List<String> unsafe(LeakyServer server) {
    return server.requests().stream()
        .filter(request -> UNSAFE.contains(request.split(" ", 2)[0]))
        .toList();
  }

  /** What is the caller's is so in whichever pair and place it stands, and whatever says so. */
  @ParameterizedTest
  @CsvSource({
    SEEN + ", 200",
    SEEN + ", 302",
    SEEN + ", 429",
    SEEN + ", 503",
    UNSEEN + ", 200",
    UNSEEN + ", 503"
  })
  void sendsNothingUnsafeWhereAnyPathIsNotRefused(String path, int status) throws IOException {
    Leak own =
        (asked, answer) -> {
          if (asked.path().startsWith(path)) {
            answer.status(status, "So");
          }
        };
    try (LeakyServer server = new LeakyServer(own, own)) {
      AuditResult result = audit(server, 20, Protocol.H1, Protocol.H2);
      assertThat(unsafe(server)).isEmpty();
      assertThat(result.notices()).anyMatch(notice -> notice.contains(path));
      assertThat(result.times()).extracting(TimeResult::method).containsOnly("GET");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST", "PATCH", "DELETE"})
  void endsWithTheFirstThatTheCallerIsAllowed(String method) throws IOException {
    Leak allowing =
        (asked, answer) -> {
          if (asked.method().equals(method)) {
            answer.status(201, "So");
          }
        };
    try (LeakyServer server = new LeakyServer(allowing, allowing)) {
      audit(server, 20, Protocol.H1, Protocol.H2);
      assertThat(server.methods()).filteredOn(method::equals).hasSize(1);
      assertThat(unsafe(server).getLast()).startsWith(method);
    }
  }

  /** GET tells nothing of a pair that DELETE would end: it is tried once before it is timed. */
  @Test
  void timesNothingThatTheCallerIsAllowed() throws IOException {
    Leak deleting =
        (asked, answer) -> {
          if (asked.method().equals("DELETE") && asked.path().equals(SEEN)) {
            answer.status(204, "Gone").body = "";
          }
        };
    try (LeakyServer server = new LeakyServer(deleting, deleting)) {
      AuditResult result = audit(server, 20, Protocol.H1);
      assertThat(server.requests()).filteredOn(("DELETE " + SEEN)::equals).hasSize(1);
      assertThat(result.times()).extracting(TimeResult::method).containsOnly("GET");
    }
  }

  /** What was refused when it was tried may be allowed as it is timed. */
  @ParameterizedTest
  @EnumSource
  void stopsTheWatchAtTheFirstThatTheCallerIsAllowed(Protocol protocol) throws IOException {
    int[] deletes = {0};
    int refused = 50;
    Leak late =
        (asked, answer) -> {
          if (asked.method().equals("DELETE") && ++deletes[0] > refused) {
            answer.status(204, "Gone").body = "";
          }
        };
    try (LeakyServer server = new LeakyServer(late, late)) {
      AuditResult result = audit(server, 1000, protocol);
      assertThat(server.methods()).filteredOn("DELETE"::equals).hasSize(refused + 1);
      assertThat(result.notices()).anyMatch(notice -> notice.contains("as it was timed"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void vouchesForNoTimeOfALimit(Protocol protocol) throws IOException {
    int[] gets = {0};
    Leak limiting =
        (asked, answer) -> {
          if (asked.path().equals(SEEN) && ++gets[0] > 30) {
            answer.status(429, "So");
          }
        };
    try (LeakyServer server = new LeakyServer(limiting, limiting)) {
      AuditResult result = audit(server, 200, protocol);
      assertThat(result.telling()).isFalse();
      assertThat(result.answers()).allMatch(answer -> answer.plain().telling());
      assertThat(result.times().getFirst().statuses().hidden()).containsExactly(404, 429);
    }
  }

  @Test
  void saysWhereNothingCouldBeToldBecauseGetDiffers() throws IOException {
    try (LeakyServer server = new LeakyServer((asked, answer) -> answer.status(403, "So"))) {
      AuditResult result = audit(server, 0, Protocol.H1);
      ByteResult first = result.answers().getFirst();
      assertThat(first.outcome(Oracle.STATUS)).isEqualTo("FAIL");
      assertThat(first.outcome(Oracle.HEAD)).isEqualTo("AS GET");
      assertThat(first.outcome(Oracle.COOKIES)).isEqualTo("PASS");
      assertThat(ReportText.of(result)).contains("AS GET   12  HEAD");
      assertThat(ReportJson.of(result)).contains("\"outcome\" : \"AS GET\"");
      assertThat(ReportHtml.of(result)).contains("<b class=\"as get\">AS GET</b>");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 400, 429, 500, 503})
  void vouchesForNothingWhereNoAnswerIsOfAResource(int status) throws IOException {
    Leak alike = (asked, answer) -> answer.status(status, "So");
    try (LeakyServer server = new LeakyServer(alike, alike)) {
      AuditResult result = audit(server, 0, Protocol.H1);
      assertThat(result.outcome()).isEqualTo(Outcome.UNDECIDED);
      assertThat(ReportText.of(result))
          .contains("both answered " + status, "say nothing of resources", "Raise the limit");
    }
  }

  @ParameterizedTest
  @EnumSource
  void vouchesForNothingWhereALimitComesBetween(Protocol protocol) throws IOException {
    int[] asks = {0};
    Leak limiting =
        (asked, answer) -> {
          if (++asks[0] > 100) {
            answer.status(429, "So");
          }
        };
    try (LeakyServer server = new LeakyServer(limiting, limiting)) {
      assertThat(audit(server, 0, protocol).outcome()).isEqualTo(Outcome.UNDECIDED);
    }
  }
}
