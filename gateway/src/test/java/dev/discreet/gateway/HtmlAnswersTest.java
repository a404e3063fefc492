package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.HIDDEN;
import static dev.discreet.testing.DocumentsWorld.MISSING;
import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway's own answers, to a browser (SPEC §3). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HtmlAnswersTest {
  private static final String BROWSER =
      "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  private static final String URL = "https://access.example.com/?r={resource}&p={permissions}&x='b";

  private final DocumentsWorld world;
  private final String lister;

  HtmlAnswersTest() throws IOException {
    world = new DocumentsWorld();
    lister = world.member("documents:list");
  }

  @AfterAll
  void stop() throws IOException {
    world.close();
  }

  private Answer call(String method, String target, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of(fields));
    all.add(BROWSER);
    return world.gateway().call(method, target, all.toArray(String[]::new));
  }

  private static void assertPage(Answer answer, int status, String title) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.value("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(answer.value("referrer-policy")).isEqualTo("no-referrer");
    assertThat(answer.value("cache-control")).isEqualTo("no-store");
    assertThat(answer.value("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.value("content-security-policy"))
        .isEqualTo(
            "default-src 'none'; style-src 'sha256-"
                + hashOfStyle(answer.body())
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    assertThat(answer.body())
        .startsWith("<!doctype html>\n<html lang=\"en\">")
        .contains("<title>" + status + " " + title + "</title>")
        .endsWith("</html>\n")
        .doesNotContainIgnoringCase("<script", "discreet");
  }

  private static String hashOfStyle(String page) {
    Matcher style = Pattern.compile("(?s)<style>(.*?)</style>").matcher(page);
    assertThat(style.find()).isTrue();
    try {
      byte[] octets = style.group(1).getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a403SaysWhatIsMissingOfWhatAsWhomAndHasTheButton() throws IOException {
    Answer answer = call("DELETE", OWN, lister);
    assertPage(answer, 403, "Forbidden");
    assertThat(answer.value("www-authenticate")).contains("error=\"insufficient_scope\"");
    assertThat(answer.body())
        .contains(
            "<p>You lack the permission documents:delete on this resource.</p>",
            "<dt>Resource</dt><dd><code>" + OWN + "</code></dd>",
            "<dt>Missing</dt><dd><code>documents:delete</code></dd>",
            "<dt>You are known as</dt><dd><bdi>alice</bdi> (issuer main)</dd>",
            "<dt>Whom to ask</dt><dd>docs-admins@example.com</dd>",
            "<a class=\"ask\" href=\"mailto:docs-admins@example.com?subject=Access%20to%20"
                + "%2Faccounts%2Fa1%2Fdocuments%2F42%3A%20documents%3Adelete\">Request access</a>");
  }

  @Test
  void theButtonLeadsWhereTheConfigurationSays() throws IOException {
    String routes =
        """
        routes:
          - path: /reports/{report}
            upstream: documents
            methods: {GET: {anyOf: ["a:<b>", "c:d"]}}
            knownTo: authenticated
            requestAccess: {contact: "Ann <a&b>", url: "%s"}
        """
            .formatted(URL);
    try (DocumentsWorld other = new DocumentsWorld(routes, "probe: {method: GET}")) {
      other.api().owning("/reports/1'&2");
      String caller = DocumentsWorld.bearer(other.issuer().token("<i>\"o'n\u202e&amp;", Map.of()));
      Answer answer = other.gateway().call("GET", "/reports/1'&2", caller, BROWSER);
      assertPage(answer, 403, "Forbidden");
      assertThat(
              new String(
                  answer.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
          .contains(
              "<p>You lack one of the permissions a:&lt;b&gt;, c:d on this resource.</p>",
              "<code>/reports/1&#39;&amp;2</code>",
              "<dt>Missing, one of</dt><dd><code>a:&lt;b&gt;</code><br><code>c:d</code></dd>",
              "<bdi>&lt;i&gt;&quot;o&#39;n\u202e&amp;amp;</bdi>",
              "<dd>Ann &lt;a&amp;b&gt;</dd>",
              "href=\"https://access.example.com/?r=%2Freports%2F1%27%262&amp;p=a%3A%3Cb%3E%20c%3Ad"
                  + "&amp;x=&#39;b\"")
          .doesNotContain("<b>", "<i>");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/accounts/a1/documents/42?a=b&c='%22 %2Faccounts%2Fa1%2Fdocuments%2F42%3Fa%3Db%26c%3D%27%2522",
        "/nowhere/'onclick=x/{return} 400",
        "/x?{return}\\//evil.test/ %2Fx%3F%7Breturn%7D%5C%2F%2Fevil.test%2F",
        "http://api.test/x?y %2Fx%3Fy",
        "//evil.test/x 400",
        "/ %2F"
      })
  void the401LeadsToWhereOneSignsInAndBack(String target, String back) throws IOException {
    String signIn = "signIn: \"https://id.example.com/go?x=1&back={return}#'\"";
    try (DocumentsWorld other = new DocumentsWorld(signIn, "probe: {method: GET}")) {
      Answer answer = other.gateway().call("GET", target, BROWSER);
      if (back.equals("400")) {
        assertThat(answer.body()).doesNotContain("<a ");
        assertPage(answer, 400, "Bad Request");
        return;
      }
      assertPage(answer, 401, "Unauthorized");
      assertThat(answer.body())
          .contains(
              "<a class=\"ask\" href=\"https://id.example.com/go?x=1&amp;back="
                  + back
                  + "#&#39;\">Sign in</a>");
      assertThat(other.gateway().call("GET", target).body()).doesNotContain("example.com");
    }
  }

  @Test
  void whoeverIs401IsShownWhereToSignInAndNobodyElse() throws IOException {
    try (DocumentsWorld other =
        new DocumentsWorld("signIn: /login?r={return}", "probe: {method: GET}")) {
      String link =
          "<a class=\"ask\" href=\"/login?r=%2Faccounts%2Fa1%2Ftransfers%2F1\">Sign in</a>";
      String target = "/accounts/a1/transfers/1";
      String weak = other.member("transfers:read");
      String garbage = "Authorization: Bearer garbage";
      for (String who : List.of("X-None: 1", garbage, weak)) {
        assertThat(other.gateway().call("GET", target, who, BROWSER).body()).contains(link);
      }
      assertThat(other.gateway().call("GET", "/nowhere", weak, BROWSER).body())
          .doesNotContain("Sign in");
    }
  }

  @Test
  void canonical404sAreOneSequenceOfOctets() throws IOException {
    Set<String> shapes = new LinkedHashSet<>();
    String stranger = DocumentsWorld.bearer(world.issuer().token("nobody", Map.of()));
    for (String caller : List.of(lister, stranger)) {
      shapes.add(call("GET", "/nowhere", caller).shape());
      shapes.add(call("DELETE", HIDDEN, caller).shape());
      shapes.add(call("DELETE", HIDDEN + "0", caller).shape());
      shapes.add(call("PATCH", HIDDEN, caller).shape());
    }
    shapes.add(call("DELETE", MISSING, lister).shape());
    shapes.add(call("PATCH", MISSING, lister).shape());
    assertThat(shapes).hasSize(1);
    assertPage(call("GET", "/nowhere", stranger), 404, "Not Found");
  }

  @Test
  void row3IsOneSequenceOfOctets() throws IOException {
    Set<String> shapes = new LinkedHashSet<>();
    for (String target : List.of(OWN, HIDDEN, "/nowhere", "/accounts/a1/documents")) {
      for (String method : List.of("GET", "DELETE", "PATCH", "get")) {
        shapes.add(call(method, target).shape());
      }
    }
    assertThat(shapes).hasSize(1);
    Answer answer = call("GET", OWN);
    assertPage(answer, 401, "Unauthorized");
    assertThat(answer.value("www-authenticate")).isEqualTo("Bearer realm=\"api\"");
  }

  @Test
  void row1SaysWhyInItsHeadOnly() throws IOException {
    Answer answer = call("GET", OWN, "Authorization: Bearer garbage");
    assertPage(answer, 401, "Unauthorized");
    assertThat(answer.value("www-authenticate")).contains("error_description=\"malformed\"");
    assertThat(answer.body()).isEqualTo(call("GET", OWN).body()).doesNotContain("garbage");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/a/../b,X: y,400,Bad Request",
    "TRACE,/,X: y,405,Method Not Allowed",
    "GET,/,Expect: x,417,Expectation Failed",
  })
  void whatIsRefusedAtOnceIsAPageToo(
      String method, String target, String field, int status, String title) throws IOException {
    Answer answer = call(method, target, field);
    assertPage(answer, status, title);
    assertThat(answer.value("connection")).isEqualTo("close");
  }

  @Test
  void aMethodThatIsNotNamed() throws IOException {
    Answer answer = call("PATCH", OWN, lister);
    assertPage(answer, 405, "Method Not Allowed");
    assertThat(answer.value("allow")).isEqualTo("GET, HEAD, PUT, DELETE");
  }

  @Test
  void anUpstreamThatIsGone() throws IOException {
    try (DocumentsWorld other = new DocumentsWorld()) {
      other.api().close();
      Answer answer = other.gateway().call("GET", OWN, other.member("documents:read"), BROWSER);
      assertPage(answer, 502, "Bad Gateway");
    }
  }

  @Test
  void headHasTheHeadOfGet() throws IOException {
    for (String target : List.of(OWN, HIDDEN, "/accounts/a1/documents/42/x")) {
      Answer head = call("HEAD", target, lister);
      assertThat(head.body()).isEmpty();
      Answer get = call("GET", target, lister);
      assertThat(head.shape()).isEqualTo(new Answer(get.head(), "").shape());
      assertPage(get, get.status(), get.status() == 403 ? "Forbidden" : "Not Found");
    }
  }

  @Test
  void anEmptyListStaysWhatItsClientsRead() throws IOException {
    Answer answer = call("GET", "/accounts/b9/documents", lister);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("[]");
    assertThat(answer.value("content-type")).isEqualTo("application/json");
    assertThat(answer.value("content-security-policy")).isEmpty();
  }

  @Test
  void whatCannotBeReadIsAnsweredAsToAnybody() throws IOException {
    Answer answer = call("GET", "/", "Bad Name: x");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.value("content-type")).isEqualTo("application/problem+json");
  }

  @Test
  void whoTakesAnythingGetsJson() throws IOException {
    Answer answer = world.gateway().call("DELETE", OWN, lister, "Accept: */*");
    assertThat(answer.value("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.value("content-security-policy")).isEmpty();
  }
}
