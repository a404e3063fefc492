package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.cli.Run;
import dev.discreet.testing.DocumentsWorld;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command: what it asks of whom, what it says, and its exit codes. */
class AuditCommandTest {
  private static final String OTHERS = "/accounts/b9/documents/0";

  private static Run audit(URI url, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("audit", "--url", url.toString(), "--token", "t"));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  private static Run audit(LeakyServer server, String... more) {
    List<String> all =
        new ArrayList<>(List.of("--hidden", LeakyServer.HIDDEN, "--missing", LeakyServer.MISSING));
    all.addAll(List.of(more));
    return audit(server.url(), all.toArray(String[]::new));
  }

  @Test
  void ourGatewayTellsNothing() throws IOException {
    try (DocumentsWorld world = new DocumentsWorld()) {
      String token = world.issuer().token("eve", Map.of("account", "z1", "scope", "documents:*"));
      Run run =
          Run.of(
              "audit",
              "--url",
              "http://127.0.0.1:" + world.gateway().address().getPort(),
              "--token",
              token,
              "--hidden",
              DocumentsWorld.HIDDEN,
              "--missing",
              OTHERS,
              "--triples",
              "0");
      assertThat(run.out())
          .endsWith(
              "PASS: of the answers alone, which do not tell hidden from missing; time was not measured"
                  + System.lineSeparator());
      assertThat(run.out()).contains("HTTP/2: hidden " + DocumentsWorld.HIDDEN);
      assertThat(run.exit()).isZero();
      assertThat(world.api().seen()).isEmpty();
    }
  }

  @Test
  void saysWhatDiffersAndExitsWithOne(@TempDir Path folder) throws IOException {
    try (LeakyServer server = new LeakyServer((asked, answer) -> answer.status(403, "<No>"))) {
      Path page = folder.resolve("audit.html");
      Run run =
          audit(
              server, "--protocol", "h1", "--quick", "--triples", "150", "--html", page.toString());
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out())
          .contains("FAIL      1  status and reason", "hidden   403", "missing  404")
          .contains("FAIL: the answers tell hidden from missing, in 2 ways");
      assertThat(Files.readString(page))
          .contains("&lt;No&gt;", "<svg", "polyline")
          .doesNotContain("<No>", "http-equiv", "src=");
    }
  }

  @Test
  void theJsonHoldsTheSame() throws IOException {
    try (LeakyServer server = new LeakyServer((asked, answer) -> answer.set("etag", "1"))) {
      Run run = audit(server, "--format", "json", "--quick", "--triples", "0");
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out())
          .contains("\"agent\" : \"discreet-audit/", "\"triples\" : 0", "\"written\" : \"2")
          .contains(
              "\"outcome\" : \"FAIL\"", "\"aspect\" : \"header etag\"", "\"hidden\" : \" 1\"");
    }
  }

  @Test
  void pairsFromAFileAreAskedToo(@TempDir Path folder) throws IOException {
    Path pairs = folder.resolve("pairs");
    Files.writeString(
        pairs, "\uFEFF# ours\n/things/0000 /things/3333\n\n/things/1111  /things/4444\n");
    try (LeakyServer server = new LeakyServer((asked, answer) -> answer.set("etag", "1"))) {
      Run run = audit(server.url(), "--pairs", pairs.toString(), "--quick", "--triples", "0");
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out()).contains("hidden /things/0000", "hidden /things/1111");
    }
  }

  @Test
  void pairsThatAreAlikeAreToldOnce(@TempDir Path folder) throws IOException {
    String lines =
        IntStream.range(0, 6)
            .mapToObj(i -> "/others/1%d /others/2%d\n".formatted(i, i))
            .collect(Collectors.joining());
    Path pairs = Files.writeString(folder.resolve("pairs"), lines + "/things/1111 /others/30\n");
    Path page = folder.resolve("audit.html");
    String more = "--triples 0 --protocol h1 --html " + page + " --pairs " + pairs;
    try (LeakyServer server = new LeakyServer((asked, answer) -> answer.set("etag", "1"))) {
      Run text = audit(server, more.split(" ", -1));
      String alike = "and 5 more pairs alike: /others/11, /others/12, /others/13, …";
      assertThat(text.out())
          .containsOnlyOnce("hidden /others/1")
          .containsOnlyOnce(alike)
          .contains("hidden /things/1111, missing /others/30");
      assertThat(Files.readString(page)).containsOnlyOnce(alike);
      Run json = audit(server, (more + " --format json").split(" ", -1));
      assertThat(json.out()).contains("\"hidden\" : \"/others/15\"");
    }
  }

  @Test
  void aRefusedTokenProvesNothing() throws IOException {
    Leaky.Leak refusing = (asked, answer) -> answer.status(401, "Unauthorized");
    try (LeakyServer server = new LeakyServer(refusing, refusing)) {
      Run run = audit(server, "--triples", "0");
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("the token is refused: both paths are answered 401");
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void whatCanNotBeReachedExitsWithTwo() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Run run = audit(URI.create("http://127.0.0.1:" + port), "--hidden", "/a", "--missing", "/b");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("can't be audited: Connection refused");
  }

  /** Before anything is asked: an hour's audit would be lost. */
  @Test
  void aPageThatCanNotBeWrittenExitsWithTwo(@TempDir Path folder) throws IOException {
    try (LeakyServer server = new LeakyServer((asked, answer) -> {})) {
      Run run = audit(server, "--html", folder.resolve("none/audit.html").toString());
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("--html", "can't be written");
      assertThat(server.methods()).isEmpty();
    }
  }

  @Test
  void aStatusThatIsNoneIsNoLeak() throws IOException {
    Leaky.Leak nonsense = (asked, answer) -> answer.status(7, "So");
    try (LeakyServer server = new LeakyServer(nonsense, nonsense)) {
      Run run = audit(server, "--protocol", "h2", "--quick", "--triples", "0");
      assertThat(run.exit()).isZero();
      assertThat(run.out()).contains("both unanswered", "UNDECIDED: ");
    }
  }

  @Test
  void theRateIsToldInWords() {
    Bounds bounds = new Bounds(100, 0.01, 0.0025);
    for (int rate : List.of(1, 20)) {
      Settings settings = new Settings("a", "t", false, rate, 3, 12, 0, 1, 10, bounds, 1);
      String told = rate == 1 ? ", 1 request in a second," : ", 20 requests in a second,";
      assertThat(settings.inWords()).contains(told);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--hidden /a",
        "--hidden /a --missing b",
        "--hidden /a --missing /a",
        "--hidden /a --missing /b --bound fast",
        "--hidden /a --missing /b --rate -1",
        "--hidden /a --missing /b --distance 101",
        "--hidden /a --missing /b --outliers 100.1",
        "--hidden /a --missing /b --triples 10000001",
        "--hidden /a --missing /b --quick --thorough",
        "--hidden /a --missing /b --protocol h3",
        "--hidden /a --missing /b --ca /nowhere.pem --url https://localhost",
        "--hidden /a --missing /b --pairs /nowhere"
      })
  void wrongUseExitsWithTwo(String arguments) {
    List<String> all = new ArrayList<>(List.of("audit", "--token", "t"));
    if (!arguments.contains("--url")) {
      all.addAll(List.of("--url", "http://127.0.0.1:9"));
    }
    if (!arguments.isEmpty()) {
      all.addAll(List.of(arguments.split(" ", -1)));
    }
    Run run = Run.of(all.toArray(String[]::new));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isNotEmpty().doesNotContain("\tat ", "Exception");
  }
}
