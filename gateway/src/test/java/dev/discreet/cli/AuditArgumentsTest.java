package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.audit.LeakyServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What `audit` says of arguments that it can't use: which, where, and what would mend it. */
class AuditArgumentsTest {
  @TempDir private Path folder;

  private static Run audit(String url, String... more) {
    List<String> all = new ArrayList<>(List.of("audit", "--token", "t", "--url", url));
    all.addAll(List.of(more));
    return Run.of(all.toArray(String[]::new));
  }

  private static Run trusting(String url, Path ca) {
    return audit(url, "--hidden", "/a", "--missing", "/b", "--ca", ca.toString());
  }

  private static void assertRefused(Run run, String why) {
    assertThat(run.err()).contains(why).doesNotContain("Exception", "\tat ");
    assertThat(run.out()).isEmpty();
    assertThat(run.exit()).isEqualTo(2);
  }

  private Path pairs(String octets) throws IOException {
    return Files.write(folder.resolve("pairs"), octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void certificatesThatAreNotThere() {
    Path none = folder.resolve("nofile.pem");
    assertRefused(
        trusting("https://localhost", none),
        "discreet: --ca " + none + " can't be read: no such file or folder");
  }

  @Test
  void certificatesThatAreNone() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    Path text = Files.writeString(folder.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\nx");
    for (Path file : List.of(empty, text)) {
      assertRefused(
          trusting("https://localhost", file), "--ca " + file + " holds no certificates in PEM");
    }
  }

  @Test
  void certificatesForAnUrlWithoutTls() throws IOException {
    Path ca = Files.createFile(folder.resolve("ca.pem"));
    assertRefused(trusting("http://localhost", ca), "say https, or leave --ca out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/c", "/c /d /e", "c /d", "/c /c", "/c\u00e4 /d"})
  void aLineThatIsNoPairIsToldByItsNumber(String line) throws IOException {
    Path file = pairs("# b\u00fccher\n  # indented\n\n/a /b\n" + line + "\n/x /y\n");
    Run run = audit("http://127.0.0.1:9", "--pairs", file.toString());
    assertRefused(run, "--pairs " + file + ", line 5: ");
  }

  @Test
  void commentsMayBeIndentedAndInAnyEncoding() throws IOException {
    Path file = pairs("  # b\u00fccher /a\n\t# more\n /things/0000\t/things/3333 \r\n");
    try (LeakyServer server = new LeakyServer((asked, answer) -> {})) {
      Run run =
          audit(
              server.url().toString(),
              "--pairs",
              file.toString(),
              "--quick",
              "--triples",
              "0",
              "--protocol",
              "h1");
      assertThat(run.out()).contains("hidden /things/0000, missing /things/3333");
      assertThat(run.exit()).isZero();
    }
  }

  @Test
  void aFileOfPairsThatIsNotThere() {
    Path none = folder.resolve("none");
    assertRefused(
        audit("http://127.0.0.1:9", "--pairs", none.toString()),
        "discreet: --pairs " + none + " can't be read: no such file or folder");
  }

  @Test
  void aPageThatCanNotBeWritten() throws IOException {
    Path page = folder.resolve("none/audit.html");
    try (LeakyServer server = new LeakyServer((asked, answer) -> {})) {
      URI url = server.url();
      assertRefused(
          audit(url.toString(), "--hidden", "/a", "--missing", "/b", "--html", page.toString()),
          "discreet: --html " + page + " can't be written: no such file or folder");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://my_service.invalid:8080",
        "https://my_service.invalid",
        "HTTP://my_service.invalid/v1"
      })
  void namesMayHaveUnderscores(String url) {
    assertRefused(
        audit(url, "--hidden", "/a", "--missing", "/b"),
        "discreet: the name my_service.invalid is not known");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cats",
        "ftp://localhost",
        "http:///a",
        "http://me@localhost",
        "http://localhost:x",
        "http://localhost:99999",
        "http://localhost/?a"
      })
  void whatIsNoUrl(String url) {
    assertRefused(audit(url, "--hidden", "/a", "--missing", "/b"), "--url: ");
  }
}
