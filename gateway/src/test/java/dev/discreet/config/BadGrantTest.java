package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.Problem.Severity;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be wrong with roles and grants. */
class BadGrantTest {
  private static final String ISSUER =
      "{issuer: %s, audiences: [a], jwks: https://id.example.com/k}";

  @TempDir private Path temp;

  @ParameterizedTest
  @MethodSource({"roles", "grants"})
  void isReportedAtItsPlace(BadInput input) {
    input.checkIn(
        new ConfigFolder(temp).write("gateway.yaml", ConfigFolder.GATEWAY), Severity.ERROR);
  }

  static Stream<BadInput> roles() {
    return Stream.of(
        new BadInput(
            "p.yaml",
            "roles:\n  a: {includes: [b]}\n  b: {includes: [c]}\n  c: {includes: [a]}\n",
            "2:3",
            "roles.a",
            "includes itself: a → b → c → a"),
        new BadInput("p.yaml", "roles: {a: {includes: [a]}}", "1:9", "roles.a", "itself: a → a"),
        new BadInput(
            "p.yaml",
            "roles:\n  viewer: [x]\n  editor: {includes: [viewr]}\n",
            "3:23",
            "roles.editor.includes[0]",
            "did you mean \"viewer\"?"),
        new BadInput(
            "p.yaml", "roles: {a: ['x*']}", "1:13", "roles.a[0]", "as the whole last part"),
        new BadInput(
            "p.yaml", "roles: {a: ['*:x']}", "1:13", "roles.a[0]", "as the whole last part"),
        new BadInput("p.yaml", "roles: {a: [public]}", "1:13", "roles.a[0]", "reserved word"),
        new BadInput("p.yaml", "roles: {a: x}", "1:12", "roles.a", "must be a mapping"),
        new BadInput("p.yaml", "roles: {a: {}}", "1:12", "roles.a", "needs the key permissions"),
        new BadInput("p.yaml", "roles: [a]", "1:8", "roles", "must be a mapping"));
  }

  static Stream<BadInput> grants() {
    return Stream.of(
        grant("to: everyone, permissions: a, resources: /a", "15", ".to", "neither anyone nor"),
        grant("to: anyon, permissions: a, resources: /a", "15", ".to", "did you mean \"anyone\"?"),
        grant(
            "to: {}, permissions: a, resources: /a",
            "15",
            ".to",
            "exactly one of the keys subject"),
        grant("to: {claim: a}, permissions: a, resources: /a", "15", ".to", "both claim and is"),
        grant(
            "to: {grup: a, group: b}, permissions: a, resources: /a",
            "16",
            ".to.grup",
            "\"group\"?"),
        grant("to: anyone, resources: /a", "10", "", "exactly one of the keys role, roles and"),
        grant("to: anyone, role: b, permissions: a, resources: /a", "10", "", "exactly one of"),
        grant("to: anyone, role: b, resources: /a", "29", ".role", "is not defined under roles"),
        grant("to: anyone, permissions: a", "10", "", "needs the key resources"),
        grant("to: anyone, permissions: a, resources: []", "50", ".resources", "at least one"),
        grant("to: anyone, permissions: a, resources: a", "50", ".resources", "must begin with /"),
        grant(
            "to: anyone, permissions: a, resources: /a/**/b", "50", ".resources", "before its end"),
        grant(
            "to: anyone, permissions: a, resources: /a/b*",
            "50",
            ".resources",
            "* is a whole segment"),
        grant(
            "to: anyone, permissions: a, resources: /%41", "50", ".resources", "write it decoded"),
        grant(
            "to: anyone, permissions: a, resources: //h",
            "50",
            ".resources",
            "has a host and no path"),
        grant(
            "to: anyone, permissions: a, resources: //h_!/a",
            "50",
            ".resources",
            "is not a host name"),
        grant(
            "to: anyone, issuer: [], permissions: a, resources: /a",
            "31",
            ".issuer",
            "at least one"),
        grant(
            "to: authenticated, issuer: mian, permissions: a, resources: /a",
            "38",
            ".issuer",
            "did you mean \"main\"?"),
        grant(
            "to: anyone, issuer: main, permissions: a, resources: /a",
            "31",
            ".issuer",
            "no meaning with anyone"),
        grant(
            "to: {issuer: main, group: g}, issuer: main, permissions: a, resources: /a",
            "10",
            "",
            "says issuer twice"));
  }

  private static BadInput grant(String flow, String column, String key, String message) {
    return new BadInput(
        "p.yaml", "grants: [{" + flow + "}]", "1:" + column, "grants[0]" + key, message);
  }

  @Test
  void severalIssuersNeedTheirName() {
    ConfigFolder folder = twoIssuers();
    folder.write(
        "p.yaml",
        """
        grants:
          - {to: authenticated, permissions: token, resources: /a}
          - {to: {subject: s, issuer: one}, permissions: token, resources: /a}
          - {to: {subject: s}, issuer: [one, two], permissions: token, resources: /a}
          - {to: {subject: s}, issuer: any, permissions: token, resources: /a}
          - {to: anyone, permissions: token, resources: /a}
        """);

    assertThat(folder.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "p.yaml:2:5: error: grants[0]: needs the key issuer, since there are several issuers;"
                + " write a name, or any");
  }

  private ConfigFolder twoIssuers() {
    return new ConfigFolder(temp)
        .write(
            "gateway.yaml",
            "upstreams: {}\nissuers:\n  one: "
                + ISSUER.formatted("x")
                + "\n  two: "
                + ISSUER.formatted("y"));
  }

  @Test
  void aRoleDefinedTwiceNamesBothPlaces() {
    ConfigFolder folder =
        new ConfigFolder(temp)
            .write("gateway.yaml", ConfigFolder.GATEWAY)
            .write("a.yaml", "roles:\n  viewer: [x]\n")
            .write("b.yaml", "roles:\n  viewer: [x]\n");

    assertThat(folder.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "b.yaml:2:3: error: roles.viewer: \"viewer\": is defined twice; first at a.yaml:2:3");
  }
}
