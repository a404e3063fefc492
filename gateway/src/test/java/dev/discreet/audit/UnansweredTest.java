package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.audit.Leaky.Leak;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left without an answer is told soon, and that something is being done meanwhile. */
class UnansweredTest {
  private static final Leak NONE = (asked, answer) -> {};

  private final List<String> steps = new ArrayList<>();

  private AuditResult audit(LeakyServer server, Protocol protocol) throws IOException {
    Target target = Target.of(server.url(), null);
    Pair pair = new Pair(LeakyServer.HIDDEN, LeakyServer.MISSING);
    Settings settings = ControlsTest.settings(20);
    return new Audit(target, List.of(pair), settings, EnumSet.of(protocol), steps::add).run();
  }

  /** Each ask for the hidden path takes as long as an answer may; two rounds are enough. */
  @ParameterizedTest
  @EnumSource
  void whatAloneIsNotAnsweredDiffersAtOnce(Protocol protocol) throws IOException {
    try (LeakyServer server = new LeakyServer((asked, answer) -> answer.silent = true)) {
      AuditResult result = audit(server, protocol);
      assertThat(server.requests()).filteredOn(each -> each.endsWith("/1111")).hasSize(2);
      assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
      assertThat(result.differences()).extracting(Difference::oracle).contains(Oracle.STATUS);
      assertThat(result.times()).isEmpty();
      assertThat(result.notices()).anyMatch(notice -> notice.contains("one alone is answered"));
      assertThat(ReportText.of(result)).contains("answered nothing and 404");
    }
  }

  @Test
  void whatAloneIsResetIsAskedForInNoOtherWay() throws IOException {
    try (LeakyServer server = new LeakyServer((asked, answer) -> answer.resets = true)) {
      AuditResult result = audit(server, Protocol.H2);
      assertThat(server.methods()).containsOnly("GET");
      assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
      assertThat(result.times()).isEmpty();
    }
  }

  @Test
  void eachOracleIsToldAsItIsAsked() throws IOException {
    try (LeakyServer server = new LeakyServer(NONE)) {
      audit(server, Protocol.H1);
      assertThat(steps)
          .contains("asking in HTTP/1.1: HEAD", "asking in HTTP/1.1: conditions: 304, 412")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aTokenThatMakesNoDifferenceIsTold() throws IOException {
    Leak discerning =
        (asked, answer) -> {
          if (asked.field("authorization").equals("Bearer discreet-audit")) {
            answer.status(401, "Unauthorized");
          }
        };
    try (LeakyServer all = new LeakyServer(NONE);
        LeakyServer some = new LeakyServer(discerning, discerning)) {
      String told = "with a token that is none, the paths are both answered 404 too";
      assertThat(audit(all, Protocol.H1).notices()).anyMatch(each -> each.startsWith(told));
      assertThat(audit(some, Protocol.H1).notices()).noneMatch(each -> each.contains("is none"));
    }
  }
}
