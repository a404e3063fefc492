package dev.discreet.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Sends generated requests through a gateway, and keeps what it decided and what it sent. */
final class Traffic implements AutoCloseable {
  private final TestIssuer issuer = new TestIssuer();
  private final RecordingApi api = new RecordingApi();
  private final TestGateway gateway;
  private final Map<String, Generated> permitted = new LinkedHashMap<>();
  private final Map<Integer, Integer> statuses = new HashMap<>();
  private int answered;

  Traffic() throws IOException {
    gateway =
        TestGateway.start(
            Map.of(
                "gateway.yaml",
                """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                issuers: {main: {issuer: '%s', audiences: [tests], jwks: '%s/jwks'}}
                upstreams: {api: {url: 'http://%s'}}
                forward: {claims: {x-caller: sub}}
                routes:
                  - {path: '/pub/**', upstream: api, knownTo: nobody, methods: {%s: public}}
                  - {path: '/own/**', upstream: api, knownTo: nobody, methods: {%s: own}}
                grants:
                  - {to: authenticated, permissions: [own], resources: '/own/**'}
                """
                    .formatted(
                        issuer.issuer(),
                        issuer.issuer(),
                        api.authority(),
                        String.join(": public, ", Words.METHODS),
                        String.join(": own, ", Words.METHODS))));
  }

  /** Sends until so many were answered: most over HTTP/1.1, some over HTTP/2. */
  Traffic send(int requests, long seed) throws IOException {
    Random random = new Random(seed);
    String token = issuer.token("alice", Map.of());
    RequestGrammar grammar = new RequestGrammar(random, token);
    Http2Grammar http2 = new Http2Grammar(random, grammar, token);
    while (answered < requests) {
      if (random.nextInt(4) == 0) {
        sendHttp2(http2, 1 + random.nextInt(8));
      } else {
        List<Generated> some = new ArrayList<>();
        for (int more = 1 + random.nextInt(6); more > 0; more--) {
          some.add(grammar.next());
        }
        send(some, random.nextBoolean());
      }
    }
    return this;
  }

  private void sendHttp2(Http2Grammar grammar, int streams) throws IOException {
    try (RawHttp2 client = new RawHttp2(gateway.address())) {
      for (int id = 1; id < 2 * streams && client.open(); id += 2) {
        Generated request = grammar.next(id);
        client.octets(request.octets().getBytes(StandardCharsets.ISO_8859_1));
        RawHttp2.Stream answer = client.await(id);
        if (!answer.heads().isEmpty()) {
          boolean forwarded = !answer.value("x-upstream").isEmpty();
          note(request, answer.status(), forwarded, answer.value("x-request-id"));
        }
      }
    }
  }

  private void send(List<Generated> requests, boolean pipelined) throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      List<Generated> unanswered = new ArrayList<>();
      for (Generated request : requests) {
        client.send(request.octets());
        unanswered.add(request);
        if (!request.complete()) {
          break;
        }
        if (!pipelined && !read(client, unanswered)) {
          return;
        }
      }
      read(client, unanswered);
    } catch (IOException closed) {
      // What was refused closes the connection, whatever is still being sent.
    }
  }

  /** {@return whether all were answered} */
  private boolean read(RawClient client, List<Generated> unanswered) throws IOException {
    while (!unanswered.isEmpty() && unanswered.getFirst().complete()) {
      Generated request = unanswered.removeFirst();
      Answer answer = client.read(request.method());
      while (answer.head().startsWith("HTTP/1.1 1")) {
        answer = client.read(request.method());
      }
      if (answer.head().isEmpty()) {
        return false;
      }
      boolean forwarded = !answer.value("x-upstream").isEmpty();
      note(request, answer.status(), forwarded, answer.value("x-request-id"));
      if (answer.value("connection").equals("close")) {
        return false;
      }
    }
    return true;
  }

  private void note(Generated request, int status, boolean forwarded, String id) {
    answered++;
    statuses.merge(status, 1, Integer::sum);
    if (forwarded) {
      permitted.put(id, request);
    }
  }

  /** {@return how often each status was answered} */
  Map<Integer, Integer> statuses() {
    return statuses;
  }

  /**
   * {@return what was sent upstream of requests that the client did not finish, or finished ill}
   */
  List<String> cut() {
    return api.cut();
  }

  /** {@return what was decided to be forwarded and was, each once} */
  List<Forwarded> forwarded() throws ParseException {
    assertThat(api.twice()).isEmpty();
    Map<String, String> unanswered = new HashMap<>(api.whole());
    unanswered.keySet().removeAll(permitted.keySet());
    assertThat(unanswered.values())
        .as("sent upstream, and the client had no answer of it")
        .isEmpty();
    assertThat(api.whole().keySet()).as("sent upstream").containsAll(permitted.keySet());
    Map<String, Map<String, Object>> lines = lines();
    List<Forwarded> all = new ArrayList<>();
    for (Map.Entry<String, Generated> one : permitted.entrySet()) {
      Generated request = one.getValue();
      assertThat(lines.get(one.getKey()))
          .as(request.octets())
          .containsEntry("decision", "forward")
          .containsEntry("method", request.method())
          .containsEntry("path", request.target().split("\\?", 2)[0]);
      all.add(
          new Forwarded(
              request.named(api.authority()),
              one.getKey(),
              Objects.requireNonNull(api.whole().get(one.getKey()))));
    }
    return all;
  }

  private Map<String, Map<String, Object>> lines() throws ParseException {
    Eventually.holds("all are logged", () -> gateway.log().lines().count() >= answered);
    Map<String, Map<String, Object>> lines = new HashMap<>();
    for (String line : gateway.log().lines().toList()) {
      Map<String, Object> members = JSONObjectUtils.parse(line);
      lines.put(String.valueOf(members.get("request_id")), members);
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    api.close();
    issuer.close();
  }
}
