package dev.discreet.audit;

import dev.discreet.audit.Controls.Control;
import dev.discreet.audit.Leaky.Leak;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Audits each control whole, and prints what was found: the table of docs/audit.md. With numbers as
 * arguments, leaks of so many ns of time instead, by GET in HTTP/1.1; to be run where nothing else
 * does.
 */
final class ControlTable {
  private static final Pair PAIR = new Pair(LeakyServer.HIDDEN, LeakyServer.MISSING);
  private static final Leak NOTHING = (asked, answer) -> {};
  private static final int TRIPLES = 150_000;

  private ControlTable() {}

  public static void main(String[] delays) throws IOException {
    if (delays.length == 0) {
      System.out.println("| protocol | leak | oracle | found by |\n| --- | --- | --- | --- |");
      for (Control control : Controls.all().toList()) {
        answers(control);
      }
      for (Protocol protocol : Protocol.values()) {
        answers(new Control(protocol, Oracle.STATUS, "(none)", NOTHING, NOTHING));
      }
      return;
    }
    for (String delay : delays) {
      time(Long.parseLong(delay));
    }
  }

  private static void answers(Control control) throws IOException {
    try (LeakyServer server = new LeakyServer(control.leak(), control.missing())) {
      Settings settings = ControlsTest.settings(0);
      AuditResult result =
          new Audit(
                  Target.of(server.url(), null),
                  List.of(PAIR),
                  settings,
                  EnumSet.of(control.protocol()),
                  step -> {})
              .run();
      Set<Integer> found = new TreeSet<>();
      result.differences().forEach(each -> found.add(each.oracle().number()));
      String planted = control.title().equals("(none)") ? "" : "" + control.oracle().number();
      System.out.printf(
          "| %s | %s | %s | %s |%n",
          control.protocol().title(),
          control.title(),
          planted,
          found.isEmpty() ? "nothing" : found);
    }
  }

  private static void time(long nanos) throws IOException {
    Settings settings =
        new Settings(
            "discreet-audit/test",
            "token",
            true,
            0,
            2,
            6,
            TRIPLES,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            new Bounds(100, 0.01, 0.0025),
            1);
    try (LeakyServer server = new LeakyServer(Controls.slower(nanos))) {
      Target target = Target.of(server.url(), null);
      TimeResult result =
          new TimeAudit(target, List.of(PAIR), Protocol.H1, "GET", settings, new Pace(0)).run();
      AuditResult whole =
          new AuditResult(
              target,
              List.of(PAIR),
              settings,
              List.of(),
              List.of(result),
              true,
              true,
              "",
              List.of());
      System.out.printf("a leak of %,d ns%n%s%n", nanos, ReportText.of(whole));
    }
  }
}
