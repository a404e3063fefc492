package dev.discreet.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.GatewayConfig;
import dev.discreet.identity.UnverifiedClaims;
import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Caller;
import dev.discreet.policy.CanonicalPath;
import dev.discreet.policy.Existence;
import dev.discreet.policy.RandomPolicy;
import dev.discreet.testing.ConfigFiles;
import dev.discreet.testing.CountingApi;
import dev.discreet.testing.OtherPolicy;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code explain} and {@code table} say is what the running gateway does. */
class AgreementTest {
  private static final String HOST = "api.test";
  private static final int POLICIES = 40;
  private static final int REQUESTS = 75;
  private static final List<Existence> EXISTENCES =
      List.of(Existence.PRESENT, Existence.ABSENT, Existence.UNKNOWN);
  private static final List<String> SEGMENTS = List.of("a", "b", "c");

  private TestIssuer main;
  private TestIssuer other;
  private CountingApi api;

  @BeforeEach
  void start() throws Exception {
    main = new TestIssuer();
    other = new TestIssuer();
    api = new CountingApi();
    api.answering(AgreementTest::answer);
  }

  @AfterEach
  void stop() {
    main.close();
    other.close();
    api.close();
  }

  /** The upstream has a third of all paths, lacks a third, and fails on a third. */
  private static Existence existence(String path) {
    return EXISTENCES.get(Math.floorMod(path.hashCode(), 3));
  }

  private static String answer(CountingApi.Seen request) {
    String status =
        switch (existence(request.target())) {
          case PRESENT -> "200 OK";
          case ABSENT -> "404 Not Found";
          case UNKNOWN -> "500 Internal Server Error";
        };
    return "HTTP/1.1 " + status + "\r\nX-Upstream: yes\r\nContent-Length: 0\r\n\r\n";
  }

  @Test
  void explainTableAndTheRunningGatewayAgree() throws Exception {
    GatewayConfig base = base();
    Set<String> rows = new HashSet<>();
    int cells = 0;
    for (int seed = 0; seed < POLICIES; seed++) {
      RandomPolicy world = new RandomPolicy(seed);
      GatewayConfig config = OtherPolicy.of(base, world.routes(), world.grants());
      Policy policy = new Policy(config);
      List<String> tokens = Stream.generate(() -> token(world)).limit(8).toList();
      try (TestGateway gateway = TestGateway.start(config)) {
        for (int i = 0; i < REQUESTS; i++) {
          String token = world.pick(tokens);
          String method = world.method();
          String path = CanonicalPath.of(world.path(), 0);
          rows.add(agree(policy, gateway, method, path, token, "seed " + seed));
          if (i % 15 == 0) {
            cells += tableAgrees(policy, gateway, token, "seed " + seed);
          }
        }
      }
    }
    assertThat(rows).contains("2", "3", "4", "5", "5b", "6", "7", "8", "9", "10", "11", "12");
    assertThat(cells).isGreaterThan(1000);
  }

  private GatewayConfig base() throws IOException {
    try (ConfigFiles files = new ConfigFiles()) {
      files.write(
          Map.of(
              "gateway.yaml",
              """
              listen: 127.0.0.1:0
              admin: 127.0.0.1:0
              issuers:
                main: {issuer: %1$s, audiences: [tests], jwks: %1$s/jwks}
                other: {issuer: %2$s, audiences: [tests], jwks: %2$s/jwks}
              upstreams: {api: {url: %3$s, probe: {cache: {present: 0s, absent: 0s}}}}
              """
                  .formatted(main.issuer(), other.issuer(), api.url())));
      return files.load();
    }
  }

  /** {@return a token of somebody that random policies speak of; one in ten is none} */
  private String token(RandomPolicy world) {
    if (world.chance(10)) {
      return "";
    }
    Map<String, Object> claims = new HashMap<>();
    if (world.chance(60)) {
      claims.put("account", world.chance(50) ? world.pick(SEGMENTS) : List.of("c", "b"));
    }
    if (world.chance(40)) {
      claims.put("level", world.pick(List.<Object>of("5", 5)));
    }
    if (world.chance(50)) {
      claims.put("scope", world.pick(RandomPolicy.PERMISSIONS));
    }
    if (world.chance(40)) {
      claims.put("groups", List.of(world.pick(List.of("staff", "guests"))));
    }
    if (world.chance(70)) {
      claims.put("acr", world.pick(List.of("gold", "silver", "bronze")));
    }
    if (world.chance(70)) {
      Instant time = world.chance(70) ? RandomPolicy.FRESH : RandomPolicy.STALE;
      claims.put("auth_time", time.getEpochSecond());
    }
    return world.pick(List.of(main, other)).token(world.pick(List.of("alice", "bob")), claims);
  }

  private static Who who(Policy policy, String token) {
    if (token.isEmpty()) {
      return Who.anonymous();
    }
    byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return Who.claiming(
        policy.config(), UnverifiedClaims.parse(new String(payload, StandardCharsets.UTF_8)), null);
  }

  /** {@return the row} */
  private static String agree(
      Policy policy, TestGateway gateway, String method, String path, String token, String at)
      throws Exception {
    Policy.Explained explained =
        policy.explain(new Inquiry(who(policy, token), method, path, HOST, Moment.now()));
    Existence exists =
        explained.ruling() instanceof Ruling.Depends depends
            ? existence(depends.question().resource().path())
            : Existence.UNKNOWN;
    Reply said = explained.ruling().when(exists);
    String as = at + ", " + method + " " + path + ", " + token;
    assertThat(ExplainText.of(explained, exists, null))
        .as(as)
        .startsWith("row " + said.row() + ", " + said.answer());
    RawClient.Answer answer = call(gateway, method, path, token);
    assertThat(done(answer)).as(as).isEqualTo(said.answer());
    assertThat(gateway.logged(answer.value("x-request-id")))
        .as(as)
        .contains("\"row\":\"" + said.row() + "\"");
    if (said.answered() != null && !method.equals("HEAD")) {
      assertThat(answer.body()).as(as).isEqualTo(said.answered().body());
    }
    return Objects.requireNonNull(said.row());
  }

  private static RawClient.Answer call(
      TestGateway gateway, String method, String path, String token) throws Exception {
    return token.isEmpty()
        ? gateway.call(method, path)
        : gateway.call(method, path, "Authorization: Bearer " + token);
  }

  private static String done(RawClient.Answer answer) {
    return answer.value("x-upstream").equals("yes") ? "forward" : Integer.toString(answer.status());
  }

  /** {@return how many cells were asked of the gateway} */
  private static int tableAgrees(Policy policy, TestGateway gateway, String token, String at)
      throws Exception {
    if (!(who(policy, token) instanceof Who.Known(Caller caller))) {
      return 0;
    }
    PolicyView view = new PolicyView(policy, List.of(new TableCaller("one", caller)), Moment.now());
    List<TableRows.Row> rows = new ArrayList<>();
    TableRows.of(List.of(view), Map.of(), rows::add);
    for (TableRows.Row row : rows) {
      Table.Cell cell = Objects.requireNonNull(row.cells().getFirst().get(0));
      AccessRequest request = row.key().sample().request(row.key().method(), caller, Moment.now());
      if (request == null) {
        assertThat(cell.text()).isEqualTo("-");
        continue;
      }
      Existence exists =
          policy.ask(request, new Who.Known(caller)) instanceof Ruling.Depends depends
              ? existence(depends.question().resource().path())
              : Existence.PRESENT;
      String path = CanonicalPath.of(request.segments(), 0);
      Reply said = exists == Existence.PRESENT ? cell.exists() : cell.absent();
      if (exists != Existence.UNKNOWN && said != null) {
        assertThat(done(call(gateway, request.method(), path, token)))
            .as("%s, %s, %s", at, request, token)
            .isEqualTo(said.answer());
      }
    }
    return rows.size();
  }
}
