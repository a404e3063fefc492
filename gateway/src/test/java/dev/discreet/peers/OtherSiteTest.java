package dev.discreet.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.Peer;
import dev.discreet.testing.SelfSigned;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page of another site in the browser of somebody who is signed in by a cookie that goes along
 * with whatever any page asks for (XS-Leaks): hidden is as missing to it.
 */
@Timeout(150)
class OtherSiteTest {
  private static final SelfSigned CERTIFICATE = new SelfSigned();
  private static final String MISSING = "/accounts/b9/documents/0";
  private static final String PAGE =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 18\r\n\r\n<iframe></iframe>\n";

  /** What leaks, and one of the ways in which the page must find it. */
  private static final List<Leak> LEAKS =
      List.of(
          new Leak("status", "style sheet"),
          new Leak("policy", "fetch no-cors"),
          new Leak("redirect", "events"),
          new Leak("frames", "iframe"),
          new Leak("size", "script: performance entries"),
          new Leak("time", "time of fetch no-cors"));

  private record Leak(String name, String way) {}

  /** What the page looks at again in every round, since chance alone may have told them apart. */
  private static String pair(String name, int rounds, String one, String other) {
    return "[\"%s\",%d,\"%s\",\"%s\"]".formatted(name, rounds, one, other);
  }

  private static String pairs(String api, String leaky) {
    return Stream.concat(
            Stream.of(
                pair("own", 1, api + DocumentsWorld.OWN, api + MISSING),
                pair("hidden", 3, api + DocumentsWorld.HIDDEN, api + MISSING)),
            LEAKS.stream()
                .map(Leak::name)
                .map(name -> pair(name, 1, leaky + name + "/1", leaky + name + "/2")))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static List<String> told(String report, String pair) {
    return report.lines().filter(line -> line.startsWith(pair + " | ")).toList();
  }

  private static void judge(String report) {
    assertThat(report).startsWith("27 ways");
    // The cookie counts where another site's page leads the visitor, so that it is worth looking.
    assertThat(told(report, "own")).anyMatch(line -> line.startsWith("own | iframe | frames 1"));
    assertThat(told(report, "hidden")).isEmpty();
    for (Leak leak : LEAKS) {
      String found = leak.name() + " | " + leak.way() + " | ";
      assertThat(told(report, leak.name())).anyMatch(line -> line.startsWith(found));
    }
  }

  @Test
  void hiddenIsAsMissing(@TempDir Path folder) throws Exception {
    Peer.needed("chromium");
    try (Sites sites = new Sites(CERTIFICATE);
        DocumentsWorld world =
            new DocumentsWorld(
                """
                tokenFrom: [bearer, {cookie: session}]
                cors: {origins: ['%s'], credentials: true}
                """
                    .formatted(sites.origin("app")),
                "");
        TestGateway gateway = TestGateway.start(world.overTls(CERTIFICATE))) {
      world.api().answering(seen -> PAGE);
      try (Chromium _ = visit(sites, world, gateway, folder)) {
        assertThat(sites.ownReport()).isEqualTo("200 <iframe></iframe>\n");
        judge(sites.otherReport());
      }
      assertThat(gateway.log().lines())
          .filteredOn(line -> line.contains("\"path\":\"" + DocumentsWorld.HIDDEN))
          .anyMatch(line -> line.contains("\"status\":404") && line.contains("\"alice\""))
          .anyMatch(line -> line.contains("\"status\":401"));
      assertThat(world.api().seen())
          .extracting(seen -> seen.target())
          .noneMatch(target -> target.startsWith(DocumentsWorld.HIDDEN));
    }
  }

  /** Signs in, is served by the API's own page, and comes to the other one. */
  private static Chromium visit(Sites sites, DocumentsWorld world, TestGateway gateway, Path folder)
      throws IOException {
    String api = "https://api.test:" + gateway.address().getPort();
    String leaky = sites.origin("leaky");
    String pairs = URLEncoder.encode(pairs(api, leaky + "/leaks/"), StandardCharsets.UTF_8);
    Map<String, Object> claims = Map.of("account", "a1", "scope", "documents:read documents:list");
    sites.signIn(
        "session=%s; Secure; HttpOnly; SameSite=None; Path=/"
            .formatted(world.issuer().token("alice", claims)),
        sites.origin("app") + "/own");
    sites.ownPage(api + DocumentsWorld.OWN, sites.origin("other") + "/other?pairs=" + pairs);
    sites.otherPage(api, api.replace("https:", "wss:"), leaky);
    return new Chromium(
        folder,
        sites.origin("api") + "/sign-in",
        "--host-resolver-rules=MAP *.test 127.0.0.1",
        "--disable-popup-blocking");
  }
}
