package dev.discreet.http;

import static dev.discreet.http.EmbeddedWorld.LIST;
import static dev.discreet.http.EmbeddedWorld.MISSING;
import static dev.discreet.http.EmbeddedWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.StrictAnswer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The rows of SPEC §2 in which existence is asked for, or would be, through the real handler list.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineProbeTest {
  private final EmbeddedWorld world;
  private final RowCheck rows;
  private String viewer = "";
  private String lister = "";

  PipelineProbeTest() throws IOException {
    world = new EmbeddedWorld("");
    rows = new RowCheck(world);
  }

  @BeforeAll
  void tokens() {
    viewer = world.member("documents:list documents:read");
    lister = world.member("documents:list");
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @BeforeEach
  void forget() {
    world.api().forget();
  }

  @Test
  void row8KnownIs403WithWhatIsMissingAfterOneProbe() {
    StrictAnswer answer = rows.ask("8", "DELETE", OWN + "?q=1", lister, "X-Extra: 1");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,"
                + "\"detail\":\"You lack the permission documents:delete on this resource.\","
                + "\"resource\":\"/accounts/a1/documents/42\","
                + "\"missingPermissions\":[\"documents:delete\"],"
                + "\"requestAccess\":{\"contact\":\"docs-admins@example.com\"}}");
    assertThat(answer.value("www-authenticate"))
        .isEqualTo(
            "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"documents:delete\"");
    assertThat(world.api().seen())
        .singleElement()
        .extracting(probe -> probe.head())
        .isEqualTo("HEAD " + OWN + " HTTP/1.1\r\nhost: api.test:80\r\n\r\n");
  }

  @Test
  void row8KnownCollectionIs403AndTheUpstreamIsNotAsked() {
    assertThat(rows.ask("8", "POST", LIST, lister).status()).isEqualTo(403);
    rows.theUpstreamWasNotAsked();
  }

  @Test
  void row9KnownAndAbsentIsCanonicalAfterOneProbe() {
    RowCheck.isCanonical(rows.ask("9", "DELETE", MISSING, lister));
    assertThat(rows.line()).doesNotContain("reason");
    rows.theUpstreamSaw("HEAD " + MISSING);
  }

  @Test
  void row10UnknownIsAnsweredByOnFailure() {
    world.api().answering(request -> "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n");
    RowCheck.isCanonical(rows.ask("10", "GET", "/concealing/1", viewer));
    assertThat(rows.ask("10", "GET", "/telling/1", viewer).status()).isEqualTo(403);
    StrictAnswer busy = rows.ask("10", "GET", "/busy/1", viewer);
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.value("retry-after")).matches("[1-9][0-9]*");
    assertThat(rows.line()).contains("\"reason\":\"probe: answered 500\"");
    rows.theUpstreamSaw("HEAD /concealing/1", "HEAD /telling/1", "HEAD /busy/1");
  }

  @Test
  void row10AnUpstreamThatIsDownIsUnknownToo() {
    world.api().down(true);
    RowCheck.isCanonical(rows.ask("10", "GET", "/concealing/1", viewer));
    assertThat(rows.line()).contains("\"reason\":\"probe: can't connect: ");
    assertThat(rows.ask("10", "GET", "/telling/1", viewer).status()).isEqualTo(403);
    assertThat(rows.ask("10", "GET", "/busy/1", viewer).status()).isEqualTo(503);
  }

  @Test
  void row12MethodOfWhatExistsIs405WithAllow() {
    StrictAnswer answer = rows.ask("12", "PATCH", OWN, lister);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.value("allow")).isEqualTo("GET, HEAD, PUT, DELETE");
    rows.theUpstreamSaw("HEAD " + OWN);
  }

  @Test
  void row12MethodOfACollectionIs405AndTheUpstreamIsNotAsked() {
    assertThat(rows.ask("12", "DELETE", LIST, lister).value("allow")).isEqualTo("GET, HEAD, POST");
    rows.theUpstreamWasNotAsked();
  }

  @Test
  void row12MethodOfWhatIsMissingIsCanonical() {
    RowCheck.isCanonical(rows.ask("12", "PATCH", MISSING, lister));
    rows.theUpstreamSaw("HEAD " + MISSING);
  }

  @Test
  void row12MethodOfWhatIsUnknownIsAnsweredByOnFailure() {
    world.api().down(true);
    RowCheck.isCanonical(rows.ask("12", "PATCH", "/concealing/1", viewer));
    assertThat(rows.ask("12", "PATCH", "/telling/1", viewer).status()).isEqualTo(405);
    assertThat(rows.ask("12", "PATCH", "/busy/1", viewer).status()).isEqualTo(503);
  }
}
