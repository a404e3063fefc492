package dev.discreet.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.PostgresServer;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code knownTo: upstream} in front of APIs whose rights a PostgreSQL holds, of both kinds: one
 * says 403 of foreign rows, the other 404.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowLevelSecurityTest {
  private static final String OWN = "/notes/1";
  private static final String FOREIGN = "/notes/2";
  private static final String MISSING = "/notes/3";

  private final PostgresServer database = new PostgresServer();
  private final TestIssuer issuer = new TestIssuer();

  RowLevelSecurityTest() throws IOException, SQLException {
    NotesService.install(database);
  }

  @AfterAll
  void stop() throws IOException {
    issuer.close();
    database.close();
  }

  /** An API behind a gateway at which all may read and write notes, the caretaker delete them. */
  private final class World implements AutoCloseable {
    private final NotesService notes;
    private final TestGateway gateway;
    private final String alice = token("alice");

    World(boolean saysForbidden) throws IOException, SQLException {
      NotesService.restore(database);
      notes = new NotesService(database, issuer, saysForbidden);
      gateway =
          TestGateway.start(
              Map.of(
                  "gateway.yaml",
                  """
                  listen: 127.0.0.1:0
                  admin: 127.0.0.1:0
                  issuers: {main: {issuer: '%s', audiences: [tests], jwks: '%s/jwks'}}
                  upstreams:
                    notes:
                      url: '%s'
                      probe: {timeout: 5s, absent: [403, 404], cache: {present: 1m, absent: 1m}}
                  routes:
                    - path: /notes/{note}
                      upstream: notes
                      methods: {GET: notes:read, PUT: notes:write, DELETE: notes:delete}
                      knownTo: upstream
                      shield: [403, 404]
                  grants:
                    - {to: authenticated, permissions: [notes:read, notes:write], resources: /notes/*}
                    - {to: {subject: caretaker}, permissions: [notes:delete], resources: /notes/*}
                  """
                      .formatted(issuer.issuer(), issuer.issuer(), notes.url())));
    }

    /** {@return a token that differs from all before} */
    private String token(String subject) {
      return DocumentsWorld.bearer(issuer.token(subject, Map.of("nonce", System.nanoTime())));
    }

    private Answer call(String method, String path, String token) throws IOException {
      return gateway.call(method, path, token, "content-length: 0");
    }

    @Override
    public void close() throws IOException {
      gateway.close();
      notes.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void foreignRowsAreAsMissingOnes(boolean saysForbidden) throws Exception {
    try (World world = new World(saysForbidden)) {
      assertThat(world.call("GET", OWN, world.alice).body()).isEqualTo("of Alice");
      assertThat(world.call("DELETE", OWN, world.alice).status()).isEqualTo(403);
      assertThat(world.call("PATCH", OWN, world.alice).status()).isEqualTo(405);
      String canonical = world.call("GET", "/nothing", world.alice).shape();
      assertThat(canonical).startsWith("HTTP/1.1 404 ");
      for (String method : new String[] {"GET", "PUT", "DELETE", "PATCH"}) {
        for (String path : new String[] {FOREIGN, MISSING}) {
          assertThat(world.call(method, path, world.alice).shape())
              .as("%s %s", method, path)
              .isEqualTo(canonical);
        }
      }
      assertThat(world.call("GET", FOREIGN, world.token("bob")).body()).isEqualTo("of Bob");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatTheDatabaseSaysIsRememberedOfOneToken(boolean saysForbidden) throws Exception {
    try (World world = new World(saysForbidden)) {
      for (int i = 0; i < 3; i++) {
        assertThat(world.call("DELETE", OWN, world.alice).status()).isEqualTo(403);
        assertThat(world.call("DELETE", FOREIGN, world.alice).status()).isEqualTo(404);
        assertThat(world.call("DELETE", MISSING, world.alice).status()).isEqualTo(404);
      }
      assertThat(world.notes.probes()).containsExactly(OWN, FOREIGN, MISSING);
      assertThat(world.call("DELETE", OWN, world.token("alice")).status()).isEqualTo(403);
      assertThat(world.call("DELETE", OWN, world.token("bob")).status()).isEqualTo(404);
      assertThat(world.notes.probes()).containsExactly(OWN, FOREIGN, MISSING, OWN, OWN);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChangeThatIsForwardedForgets(boolean saysForbidden) throws Exception {
    try (World world = new World(saysForbidden)) {
      assertThat(world.call("DELETE", OWN, world.alice).status()).isEqualTo(403);
      assertThat(world.call("PUT", OWN, world.alice).status()).isEqualTo(204);
      assertThat(world.call("DELETE", OWN, world.alice).status()).isEqualTo(403);
      assertThat(world.notes.probes()).containsExactly(OWN, OWN);
      assertThat(world.call("DELETE", OWN, world.token("caretaker")).status()).isEqualTo(204);
      assertThat(world.call("DELETE", OWN, world.alice).status()).isEqualTo(404);
      assertThat(world.notes.probes()).containsExactly(OWN, OWN, OWN);
    }
  }
}
