package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands that explain a policy say of {@code acr} and {@code maxAge}. */
class StepUpCommandsTest {
  private static final String NOW = "2027-01-31T12:00:00Z";
  private static final String POLICY =
      """
      issuers: {main: {issuer: https://id.example.com, audiences: [a], jwks: https://id.example.com/certs}}
      upstreams: {api: {url: "http://127.0.0.1:1"}}
      routes:
        - path: /transfers/{id}
          upstream: api
          methods: {GET: t:read, POST: t:make}
          acr: [gold, silver]
          maxAge: 5m
      grants:
        - {to: {group: payers}, permissions: t:read, resources: /transfers/*}
        - {to: {group: night}, permissions: t:read, resources: /transfers/*, when: 'now.getHours() < 6'}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void policy() throws Exception {
    write("config", POLICY);
    write(
        "before", POLICY.replace("    maxAge: 5m\n", "").replace("    acr: [gold, silver]\n", ""));
  }

  private void write(String name, String gateway) throws Exception {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(folder.resolve(name).resolve("gateway.yaml"), gateway);
  }

  private Run run(String command, String... arguments) {
    List<String> all =
        new ArrayList<>(List.of(command, "--config", folder.resolve("config").toString()));
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new));
  }

  private Run explain(String claims, String method, String... more) {
    List<String> all =
        new ArrayList<>(List.of("--now", NOW, "--claims", "{\"sub\":\"sam\"," + claims + "}"));
    all.addAll(List.of(more));
    all.addAll(List.of(method, "/transfers/1"));
    return run("explain", all.toArray(String[]::new));
  }

  @Test
  void explainSaysWhatTheTokenHasAndWhatIsAsked() {
    String bronze = "\"groups\":[\"payers\"],\"acr\":\"bronze\",\"auth_time\":1801396560";
    assertThat(explain(bronze, "GET").out())
        .startsWith("row 5b, 401: permitted, but not authenticated strongly or freshly enough")
        .contains(
            "error=\"insufficient_user_authentication\", acr_values=\"gold silver\","
                + " max_age=\"300\"",
            "4 permission  GET asks t:read: granted",
            "  step-up     the route asks acr gold or silver, auth_time at most 300 s old: not met"
                + " by its acr",
            "              the token says acr bronze, auth_time 2027-01-31T11:56:00Z, 240 s old",
            "5 may know    not asked: the answer is the same, whatever exists");
    String stale = "\"groups\":[\"payers\"],\"acr\":\"gold\",\"auth_time\":1801396499";
    assertThat(explain(stale, "GET").out())
        .startsWith("row 5b, 401")
        .contains("not met by its auth_time", "2027-01-31T11:54:59Z, 301 s old");
    String fresh = "\"groups\":[\"payers\"],\"acr\":\"gold\",\"auth_time\":1801396500";
    assertThat(explain(fresh, "GET").out()).startsWith("row 5, forward").contains(": met");
  }

  @Test
  void explainSaysThatWhoIsWeakMayNotKnow() {
    String weak = "\"groups\":[\"payers\"]";
    assertThat(explain(weak, "POST").out())
        .startsWith("row 7, 404")
        .contains(
            "the token says no acr, no auth_time",
            "5 may know    no: who may call a method of the route may know",
            "              who does not meet the route's acr or maxAge may not");
    assertThat(explain(weak, "POST", "--format", "json").out())
        .contains(
            "\"stepUp\" : {",
            "\"acr\" : [ \"gold\", \"silver\" ]",
            "\"maxAge\" : 300",
            "\"met\" : false",
            "\"lacks\" : \"acr\"");
  }

  @Test
  void tableShowsWhatAStepUpWouldBring() {
    Run run = run("table", "--now", NOW, "--path-values", "id=1");
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            method  path          anonymous  any token  group payers    group night
            GET     /transfers/1  401        404        401 ^forward    404 *401 ^forward
            POST    /transfers/1  401        404        404 ^403 / 404  404 *404 ^403 / 404

            a / b: a if the resource exists, b if it does not; -: the caller lacks the claim
            ^: what it would be once the caller has authenticated as the route asks
            *: what it would be if the conditions of all grants held
            """);
    String golden =
        "{\"sub\":\"sam\",\"groups\":[\"payers\"],\"acr\":\"gold\",\"auth_time\":1801396800}";
    assertThat(run("table", "--now", NOW, "--path-values", "id=1", "--claims", golden).out())
        .contains("GET     /transfers/1  401        forward\n")
        .doesNotContain("^");
  }

  @Test
  void tableTellsAChangeOfWhatIsAsked() {
    Run run = run("table", "--now", NOW, "--path-values", "id=1", "--diff", folder + "/before");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("GET /transfers/1, group payers: forward -> 401 ^forward\n")
        .contains(
            "gateway.yaml:4: route /transfers/{id}: asks of the authentication: nothing -> acr gold"
                + " or silver, auth_time at most 300 s old\n");
    for (String format : List.of("html", "json", "markdown")) {
      Run formed = run("table", "--format", format, "--diff", folder + "/before");
      assertThat(formed.out())
          .contains(format.equals("json") ? "\"ifSteppedUp\" : {" : "authenticated as the route");
    }
  }

  @Test
  void coverageAsksForRow5bOnlyWhereARouteDoes() throws Exception {
    Files.createDirectory(folder.resolve("tests"));
    Files.writeString(
        folder.resolve("tests/a.yaml"),
        """
        callers: {weak: {claims: {sub: w, groups: [payers]}}}
        tests: [{as: weak, do: GET /transfers/1, expect: {answer: 401, row: 5b}}]
        """);
    assertThat(run("test", folder + "/tests").out())
        .contains("rows 1 of 12", "1 test: 1 passed, 0 failed");
    write("config", Files.readString(folder.resolve("before/gateway.yaml")));
    Run without = run("test", folder + "/tests");
    assertThat(without.out()).contains("rows 1 of 11");
    assertThat(without.exit()).isEqualTo(1);
  }
}
