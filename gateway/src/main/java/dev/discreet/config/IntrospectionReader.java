package dev.discreet.config;

import dev.discreet.config.IssuerConfig.Introspection;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code issuers.NAME.introspection}. */
final class IntrospectionReader {
  private static final Key<URI> URL =
      Key.required("url", ProviderUrls.TYPE, "The issuer's introspection endpoint.");
  private static final Key<Duration> CACHE =
      Key.of("cache", Types.DURATION, "30s", "How long an answer is remembered.");
  private static final Key<Duration> TIMEOUT =
      Key.of("timeout", Types.POSITIVE_DURATION, "2s", "How long an answer may take; then 503.");
  private static final Key<Boolean> REQUIRE_AUDIENCE =
      Key.of(
          "requireAudience",
          Types.BOOLEAN,
          "true",
          "Whether an answer must name an audience; one that it names must be ours.");

  static final Keys KEYS =
      Keys.of(URL, ClientKeys.ID, ClientKeys.SECRET, CACHE, TIMEOUT, REQUIRE_AUDIENCE);

  private IntrospectionReader() {}

  /** {@return how the issuer is asked, or null after a problem} */
  static @Nullable Introspection read(Section s, boolean insecure) {
    URI url = s.find(URL);
    Node urlNode = s.node(URL);
    String clientId = s.find(ClientKeys.ID);
    String secret = s.find(ClientKeys.SECRET);
    if (url == null || urlNode == null || clientId == null || secret == null) {
      return null;
    }
    ProviderReader.judge(
        url,
        insecure,
        urlNode,
        "send tokens and a secret",
        "sends tokens and a secret in cleartext: who is on the way can use them");
    return new Introspection(
        url, clientId, secret, s.get(CACHE), s.get(TIMEOUT), s.get(REQUIRE_AUDIENCE));
  }
}
