package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.config.UpstreamConfig.Address;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Locations in the answers of an upstream that is sent its own host. */
class RedirectsTest {
  private static Redirects redirects(String basePath, String prefix, Address... addresses) {
    UpstreamConfig usual = Fixture.config(1, Fixture.Settings.usual());
    UpstreamConfig upstream =
        new UpstreamConfig(
            "api",
            List.of(addresses),
            basePath,
            false,
            null,
            true,
            usual.timeouts(),
            usual.connections(),
            usual.retries(),
            usual.health(),
            usual.probe(),
            null);
    return new Redirects(new ClientOrigin("https", "api.example.com"), prefix, upstream);
  }

  @ParameterizedTest
  @CsvSource({
    "http://docs:8080/base/a?b#c,https://api.example.com/v1/a?b#c",
    "HTTP://DOCS:8080/base/a,https://api.example.com/v1/a",
    "//docs:8080/base/a,https://api.example.com/v1/a",
    "http://docs:8080/base,https://api.example.com/v1",
    "http://docs:8080/base/,https://api.example.com/v1/",
    "http://docs:8080/base?x,https://api.example.com/v1?x",
    "http://other/base/a,https://api.example.com/v1/a",
    "http://other:80/base/a,https://api.example.com/v1/a",
    // Another place, or one that nobody gets to through the gateway.
    "http://docs:8080/basement,http://docs:8080/basement",
    "http://docs:8080/,http://docs:8080/",
    "http://docs/base/a,http://docs/base/a",
    "https://docs:8080/base/a,https://docs:8080/base/a",
    "http://elsewhere:8080/base/a,http://elsewhere:8080/base/a",
    "http://user@docs:8080/base/a,http://user@docs:8080/base/a",
    "/base/a,/base/a",
    "a,a",
    "mailto:a@docs,mailto:a@docs"
  })
  void whatNamesTheUpstreamBecomesWhatTheClientSees(String said, String seen) {
    Redirects redirects =
        redirects(
            "/base",
            "/v1",
            new Address("docs", 8080, "docs:8080"),
            new Address("other", 80, "other"));
    assertThat(redirects.seen(said)).isEqualTo(seen);
  }

  @ParameterizedTest
  @CsvSource({
    "http://[::1]:8080/a,https://api.example.com/a",
    "http://[::1]:8080,https://api.example.com",
    "http://[::1]/a,http://[::1]/a"
  })
  void withoutPathsTheOriginAloneChanges(String said, String seen) {
    assertThat(redirects("", "", new Address("::1", 8080, "[::1]:8080")).seen(said))
        .isEqualTo(seen);
  }
}
