package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.audit.Controls.Control;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

/** What tells something is found, under its name, and what tells nothing is not accused. */
class ControlsTest {
  private static final Bounds BOUNDS = new Bounds(1e6, 0.5, 0.5);

  static AuditResult audit(LeakyServer server, Protocol protocol, int triples) throws IOException {
    Settings settings =
        new Settings("discreet-audit/test", "token", true, 0, 2, 6, triples, 60, BOUNDS, 1);
    return new Audit(
            Target.of(server.url(), null),
            List.of(new Pair(LeakyServer.HIDDEN, LeakyServer.MISSING)),
            settings,
            EnumSet.of(protocol),
            step -> {})
        .run();
  }

  static Stream<Control> controls() {
    return Stream.concat(Controls.answers().stream(), Controls.requests().stream());
  }

  @ParameterizedTest
  @MethodSource("controls")
  void findsALeakByItsName(Control control) throws IOException {
    try (LeakyServer server = new LeakyServer(control.leak())) {
      AuditResult result = audit(server, control.protocol(), 0);
      assertThat(result.differences())
          .as(ReportText.of(result))
          .extracting(Difference::oracle)
          .contains(control.oracle());
      assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
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

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void findsALeakOfTime(Protocol protocol) throws IOException {
    try (LeakyServer server =
        new LeakyServer(Controls.slower(TimeUnit.MILLISECONDS.toNanos(5)))) {
      AuditResult result = audit(server, protocol, 150);
      assertThat(result.differences()).isEmpty();
      assertThat(result.times()).hasSize(2);
      assertThat(result.outcome()).as(ReportText.of(result)).isEqualTo(Outcome.FAIL);
    }
  }

  @Test
  void aPathThatIsRepeatedIsNoLeak() throws IOException {
    try (LeakyServer server =
        new LeakyServer(
            (asked, answer) -> {
              answer.body = "nothing at " + LeakyServer.HIDDEN;
            })) {
      // The other path is answered with another text altogether.
      assertThat(audit(server, Protocol.H1, 0).differences()).isNotEmpty();
    }
  }
}
