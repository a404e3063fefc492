package dev.discreet.config;

import dev.discreet.config.UpstreamConfig.ClientCredentials;
import dev.discreet.config.UpstreamConfig.Probe;
import dev.discreet.config.UpstreamConfig.StatusRange;
import dev.discreet.policy.OnUnknown;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code upstreams.NAME.probe}. */
final class ProbeReader {
  private static final int MOST = 10_000_000;

  private static final Key<String> METHOD =
      Key.of(
          "method",
          Types.choice(Map.of("HEAD", "HEAD", "GET", "GET")),
          "HEAD",
          "The method of a probe.");
  private static final Key<Map<String, String>> HEADERS =
      Key.of(
          "headers",
          HeaderFields.named(HeaderNames::forProbe),
          "{}",
          "What a probe carries, such as a credential of its own; a value may be {file: path}.");
  private static final Key<URI> TOKEN_URL =
      Key.required(
          "tokenUrl", ProviderUrls.TYPE, "The token endpoint that is asked (RFC 6749 §3.2).");
  private static final Key<String> SCOPE =
      Key.optional("scope", Types.TEXT, "What the token is to be for; scopes split by spaces.");
  private static final Keys CREDENTIAL_KEYS =
      Keys.of(TOKEN_URL, ClientKeys.ID, ClientKeys.SECRET, SCOPE);
  private static final Key<Section> CREDENTIAL =
      Key.optional(
          "credential",
          new Type<>(new Shape.Mapping(CREDENTIAL_KEYS), node -> Section.of(node, CREDENTIAL_KEYS)),
          "A token of the gateway's own for probes, by OAuth client credentials (RFC 6749 §4.4).");
  private static final Key<Duration> TIMEOUT =
      Key.of("timeout", Types.POSITIVE_DURATION, "500ms", "For the whole probe.");
  private static final Type<List<StatusRange>> STATUSES =
      Types.listOf(Statuses.from(2, "is not a status; write 204, or 2xx for a class of them"));
  private static final Key<List<StatusRange>> PRESENT =
      Key.of("present", STATUSES, "[2xx]", "Statuses that say: it exists.");
  private static final Key<List<StatusRange>> ABSENT =
      Key.of("absent", STATUSES, "[404, 410]", "Statuses that say: it does not exist.");
  private static final Key<Integer> MAX_CONCURRENT =
      Key.of(
          "maxConcurrent",
          Types.count(1, MOST),
          "64",
          "Probes at once; what would be one more is unknown.");
  private static final Key<OnUnknown> ON_FAILURE =
      Key.of(
          "onFailure",
          Types.choice(
              Map.of(
                  "conceal", OnUnknown.CONCEAL,
                  "disclose", OnUnknown.DISCLOSE,
                  "unavailable", OnUnknown.UNAVAILABLE)),
          "conceal",
          "What is said where existence is unknown: 404, 403 or 503.");

  private static final Key<Duration> PRESENT_FOR =
      Key.of("present", Types.DURATION, "10s", "How long it is remembered that it exists.");
  private static final Key<Duration> ABSENT_FOR =
      Key.of("absent", Types.DURATION, "2s", "How long it is remembered that it does not.");
  private static final Key<Integer> ENTRIES =
      Key.of("entries", Types.count(0, MOST), "100000", "How many answers are remembered.");
  private static final Key<Section> CACHE =
      Key.section(
          "cache", Keys.of(PRESENT_FOR, ABSENT_FOR, ENTRIES), "What is remembered of probes.");

  static final Keys KEYS =
      Keys.of(
          METHOD, HEADERS, CREDENTIAL, TIMEOUT, PRESENT, ABSENT, MAX_CONCURRENT, ON_FAILURE, CACHE);

  private ProbeReader() {}

  static Probe read(Section s) {
    Section cache = s.get(CACHE);
    List<StatusRange> present = s.get(PRESENT);
    List<StatusRange> absent = s.get(ABSENT);
    Node at = s.node(PRESENT) != null ? s.node(PRESENT) : s.node(ABSENT);
    if (at != null && overlap(present, absent)) {
      at.error("has a status that says present and absent at once; write both lists apart");
    }
    return new Probe(
        s.get(METHOD),
        s.get(HEADERS),
        credential(s),
        s.get(TIMEOUT),
        present,
        absent,
        s.get(MAX_CONCURRENT),
        s.get(ON_FAILURE),
        cache.get(PRESENT_FOR),
        cache.get(ABSENT_FOR),
        cache.get(ENTRIES));
  }

  private static @Nullable ClientCredentials credential(Section s) {
    Section in = s.find(CREDENTIAL);
    Node at = s.node(CREDENTIAL);
    if (in == null || at == null) {
      return null;
    }
    if (s.get(HEADERS).containsKey("authorization")) {
      at.error("would set authorization, as headers does; remove one of the two");
    }
    URI url = in.find(TOKEN_URL);
    String clientId = in.find(ClientKeys.ID);
    String secret = in.find(ClientKeys.SECRET);
    Node urlNode = in.node(TOKEN_URL);
    if (url == null || urlNode == null || clientId == null || secret == null) {
      return null;
    }
    if (ProviderUrls.cleartext(url)) {
      urlNode.warn("sends a secret in cleartext: who is on the way can use it");
    }
    return new ClientCredentials(url, clientId, secret, in.find(SCOPE));
  }

  private static boolean overlap(List<StatusRange> present, List<StatusRange> absent) {
    return present.stream()
        .anyMatch(
            p -> absent.stream().anyMatch(a -> a.first() <= p.last() && p.first() <= a.last()));
  }
}
