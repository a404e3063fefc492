package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * For a caller who may not know, creating, deleting or sharing a resource with others changes no
 * byte of any answer and never causes an upstream request.
 */
class NonDisclosureTest {
  private static final String NO_CACHE = "probe: {cache: {present: 0s, absent: 0s}}";
  private static final int REQUESTS = 300;

  /** What others hold in one of two worlds that are the same but for this. */
  private static final String SHARED =
      """
      grants:
        - {to: {subject: bob}, permissions: ["*"], resources: /accounts/**}
        - {to: {subject: eve}, permissions: ["documents:*"], resources: /accounts/b9/documents/7}
        - {to: {group: others}, permissions: [documents:read], resources: /accounts/*/documents/*}
        - {to: {claim: role, is: chief}, permissions: ["*"], resources: /accounts/b9/**}
      """;

  private record Asked(String method, String target, String more) {}

  private static List<Asked> requests(long seed) {
    Random random = new Random(seed);
    List<String> methods =
        List.of("GET", "HEAD", "PUT", "DELETE", "POST", "PATCH", "OPTIONS", "PROPFIND", "get");
    List<String> documents = List.of("7", "none", "42", "%37", "7.json");
    List<String> fields =
        List.of(
            "X-None: 1",
            "If-None-Match: *",
            "If-Match: \"x\"",
            "Range: bytes=0-0",
            "Accept: text/plain",
            "Upgrade: websocket\r\nConnection: Upgrade",
            "X-HTTP-Method-Override: DELETE",
            "Content-Length: 0");
    List<Asked> requests = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      String account = random.nextBoolean() ? "b9" : "none";
      String list = "/accounts/" + account + "/documents";
      String document = list + '/' + documents.get(random.nextInt(documents.size()));
      String target =
          switch (random.nextInt(5)) {
            case 0 -> list;
            case 1 -> document + "/child";
            case 2 -> document + "?q=1";
            default -> document;
          };
      requests.add(
          new Asked(
              methods.get(random.nextInt(methods.size())),
              target,
              fields.get(random.nextInt(fields.size()))));
    }
    return requests;
  }

  private static List<String> answers(DocumentsWorld world, List<Asked> requests, String credential)
      throws IOException {
    List<String> shapes = new ArrayList<>();
    try (RawClient client = new RawClient(world.gateway().address())) {
      for (Asked asked : requests) {
        String[] fields =
            credential.isEmpty()
                ? new String[] {asked.more()}
                : new String[] {credential, asked.more()};
        Answer answer =
            client
                .send(TestGateway.request(asked.method(), asked.target(), fields))
                .read(asked.method());
        shapes.add(asked + "\n" + answer.shape());
      }
    }
    return shapes;
  }

  private static List<String> callers(DocumentsWorld world) {
    return List.of(
        "",
        world.member("documents:list documents:read documents:write documents:delete"),
        DocumentsWorld.bearer(world.issuer().token("nobody", Map.of())));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void strangersSeeNoDifferenceWhateverOthersHoldAndWhateverExists(long seed) throws IOException {
    List<Asked> requests = requests(seed);
    try (DocumentsWorld plain = new DocumentsWorld();
        DocumentsWorld shared = new DocumentsWorld(SHARED, NO_CACHE)) {
      for (int caller = 0; caller < callers(plain).size(); caller++) {
        List<String> before = answers(plain, requests, callers(plain).get(caller));
        plain.api().owning("/accounts/b9/documents/none", "/accounts/none/documents/7");
        assertThat(answers(plain, requests, callers(plain).get(caller))).isEqualTo(before);
        plain.api().losing("/accounts/b9/documents/7");
        assertThat(answers(plain, requests, callers(plain).get(caller))).isEqualTo(before);
        assertThat(answers(shared, requests, callers(shared).get(caller))).isEqualTo(before);
      }
      assertThat(plain.api().heads()).isZero();
      assertThat(shared.api().heads()).isZero();
    }
  }

  @Test
  void strangersGetTheSameWithTheUpstreamDown() throws IOException {
    List<Asked> requests = requests(6);
    try (DocumentsWorld world = new DocumentsWorld()) {
      for (String caller : callers(world)) {
        assertThat(answers(world, requests, caller)).hasSize(REQUESTS);
      }
      String outsider = callers(world).getLast();
      List<String> before = answers(world, requests, outsider);
      world.api().close();
      assertThat(answers(world, requests, outsider)).isEqualTo(before);
    }
  }

  @Test
  void theTestWouldSeeADifference() throws IOException {
    try (DocumentsWorld world = new DocumentsWorld()) {
      String staff =
          DocumentsWorld.bearer(world.issuer().token("sam", Map.of("groups", List.of("staff"))));
      List<Asked> one = List.of(new Asked("DELETE", DocumentsWorld.HIDDEN, "X-None: 1"));
      List<String> before = answers(world, one, staff);
      world.api().losing(DocumentsWorld.HIDDEN);
      assertThat(answers(world, one, staff)).isNotEqualTo(before);
    }
  }
}
