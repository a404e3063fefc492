package dev.discreet.oracles;

import dev.discreet.oracles.Way.First;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The ways to ask by what a head says, and what of an answer's head could speak. */
final class HeadWays {
  private HeadWays() {}

  static void addTo(List<Way> all) {
    spellings(all);
    limits(all);
    caches(all);
    fields(all);
    sites(all);
  }

  private static void spellings(List<Way> all) {
    spelling(all, "a trailing slash", path -> path + "/");
    spelling(all, "capitals", path -> path.toUpperCase(Locale.ROOT));
    spelling(all, "a suffix", path -> path + ".json");
    spelling(all, "an octet encoded", HeadWays::encodedOnce);
    for (Way way :
        List.of(
            Way.of(18, "a dot segment").path(path -> "/." + path),
            Way.of(18, "a double slash").path(path -> "/" + path),
            Way.of(18, "a parameter").path(path -> path + ";a=b"),
            Way.of(18, "an encoded slash").path(path -> path + "%2f"),
            Way.of(18, "an octet encoded twice").path(path -> path + "%2541"))) {
      all.add(way.telling(Expect.status(400)));
    }
  }

  private static void limits(List<Way> all) {
    all.add(
        Way.of(47, "a target too long")
            .path(path -> path + "?" + "x".repeat(9000))
            .telling(Expect.status(414)));
    Way many = Way.of(47, "too many fields").telling(Expect.status(431));
    for (int i = 0; i < 101; i++) {
      many.field("x-" + i + ": 1");
    }
    all.add(many);
    all.add(
        Way.of(47, "a query that is none")
            .path(path -> path + "?a\"b")
            .telling(Expect.status(400)));
    all.add(
        Way.of(47, "an escape that is none").path(path -> path + "%4").telling(Expect.status(400)));
  }

  private static void spelling(List<Way> all, String title, UnaryOperator<String> change) {
    all.add(Way.of(18, title).path(change).showing(Expect.without("location")));
  }

  private static String encodedOnce(String path) {
    return path.replace("11", "%31%31").replace("22", "%32%32");
  }

  private static void caches(List<Way> all) {
    for (String asked : List.of("no-cache", "only-if-cached", "max-stale")) {
      all.add(Way.of(19, asked).field("cache-control: " + asked).showing(Expect::storedByNobody));
    }
    all.add(
        Way.of(20, "the owner has asked").first(First.OTHERS_ASK).showing(Expect::storedByNobody));
    all.add(
        Way.of(20, "the owner has asked, from caches only")
            .first(First.OTHERS_ASK)
            .field("cache-control: only-if-cached, max-stale")
            .showing(Expect::storedByNobody));
  }

  private static void fields(List<Way> all) {
    all.add(
        Way.of(21, "no budget is told")
            .showing(Expect.without("ratelimit", "ratelimit-policy", "x-ratelimit-remaining")));
    all.add(Way.of(22, "no wait is told").showing(Expect.without("retry-after")));
    for (String coding : List.of("gzip, br, zstd", "identity;q=0", "*;q=0")) {
      all.add(
          Way.of(23, coding)
              .field("accept-encoding: " + coding)
              .showing(Expect.without("content-encoding")));
    }
    all.add(Way.of(24, "no cookie").showing(Expect.without("set-cookie")));
    all.add(
        Way.of(24, "a cookie of the upstream's")
            .field("cookie: affinity=1")
            .showing(Expect.without("set-cookie")));
    for (String method : List.of("GET", "DELETE", "HEAD")) {
      all.add(Way.of(25, method).method(method).showing(Expect::unchallenged));
      all.add(
          Way.of(26, method + " asks nobody to step up")
              .method(method)
              .showing(Expect::unchallenged));
    }
    all.add(
        Way.of(27, "traced")
            .field("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .showing(
                Expect.without(
                    "server", "via", "server-timing", "x-cache", "traceresponse", "x-upstream")));
    all.add(Way.of(27, "not traced").showing(Expect.without("server", "via", "server-timing")));
  }

  private static void sites(List<Way> all) {
    all.add(
        Way.of(48, "another site's image")
            .field("sec-fetch-site: cross-site")
            .field("sec-fetch-dest: image")
            .field("sec-fetch-mode: no-cors")
            .showing(Expect::keptFromOtherSites));
    all.add(
        Way.of(48, "another site's frame")
            .field("sec-fetch-site: cross-site")
            .field("sec-fetch-dest: iframe")
            .field("sec-fetch-mode: navigate")
            .field("accept: text/html")
            .showing(Expect::framedByNobody));
  }
}
