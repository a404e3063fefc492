package dev.discreet.config;

import dev.discreet.config.UpstreamConfig.Probe;
import dev.discreet.config.UpstreamConfig.StatusRange;
import dev.discreet.policy.OnUnknown;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code upstreams.NAME.probe}. */
final class ProbeReader {
  private static final int MOST = 10_000_000;

  private static final Key<String> METHOD =
      Key.of("method", Types.choice(Map.of("HEAD", "HEAD", "GET", "GET")), "HEAD");
  private static final Key<Map<String, String>> HEADERS =
      Key.of("headers", ProbeReader::headers, Map.of());
  private static final Key<Duration> TIMEOUT =
      Key.of("timeout", Types.POSITIVE_DURATION, Duration.ofMillis(500));
  private static final Key<List<StatusRange>> PRESENT =
      Key.of("present", statuses(), List.of(new StatusRange(200, 299)));
  private static final Key<List<StatusRange>> ABSENT =
      Key.of("absent", statuses(), List.of(new StatusRange(404, 404), new StatusRange(410, 410)));
  private static final Key<Integer> MAX_CONCURRENT =
      Key.of("maxConcurrent", Types.count(1, MOST), 64);
  private static final Key<OnUnknown> ON_FAILURE =
      Key.of(
          "onFailure",
          Types.choice(
              Map.of(
                  "conceal", OnUnknown.CONCEAL,
                  "disclose", OnUnknown.DISCLOSE,
                  "unavailable", OnUnknown.UNAVAILABLE)),
          OnUnknown.CONCEAL);

  private static final Key<Duration> PRESENT_FOR =
      Key.of("present", Types.DURATION, Duration.ofSeconds(10));
  private static final Key<Duration> ABSENT_FOR =
      Key.of("absent", Types.DURATION, Duration.ofSeconds(2));
  private static final Key<Integer> ENTRIES = Key.of("entries", Types.count(0, MOST), 100_000);
  private static final Key<Section> CACHE =
      Key.section("cache", Keys.of(PRESENT_FOR, ABSENT_FOR, ENTRIES));

  static final Keys KEYS =
      Keys.of(METHOD, HEADERS, TIMEOUT, PRESENT, ABSENT, MAX_CONCURRENT, ON_FAILURE, CACHE)
          .later("credential");

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
        s.get(TIMEOUT),
        present,
        absent,
        s.get(MAX_CONCURRENT),
        s.get(ON_FAILURE),
        cache.get(PRESENT_FOR),
        cache.get(ABSENT_FOR),
        cache.get(ENTRIES));
  }

  private static boolean overlap(List<StatusRange> present, List<StatusRange> absent) {
    return present.stream()
        .anyMatch(
            p -> absent.stream().anyMatch(a -> a.first() <= p.last() && p.first() <= a.last()));
  }

  private static Type<List<StatusRange>> statuses() {
    return Types.listOf(Types.parsed(ProbeReader::status));
  }

  private static StatusRange status(String text) {
    if (text.matches("[2-5]xx")) {
      int first = (text.charAt(0) - '0') * 100;
      return new StatusRange(first, first + 99);
    }
    if (text.matches("[2-5][0-9]{2}")) {
      int status = Integer.parseInt(text);
      return new StatusRange(status, status);
    }
    throw new IllegalArgumentException("is not a status; write 204, or 2xx for a class of them");
  }

  private static Map<String, String> headers(Node node) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Node.Member member : node.members()) {
      String name = member.key().parseKey(HeaderNames::forProbe);
      String value = Secrets.secret(member.value());
      if (value != null && !value.matches("[\\x21-\\x7e]([\\t\\x20-\\x7e]*[\\x21-\\x7e])?")) {
        member
            .value()
            .errorUnshown("holds what a header can't: only printable ASCII, no space at its ends");
      }
      if (name != null && value != null && headers.putIfAbsent(name, value) != null) {
        member.key().error("stands twice, in different case");
      }
    }
    return headers;
  }
}
