package dev.discreet.config;

import java.time.Duration;

/** Reads {@code limits} and {@code timeouts}. */
final class LimitsReader {
  private static final int MOST = 10_000_000;
  private static final long LARGEST_HEAD = 16 << 20;
  private static final long LARGEST_BODY = 1L << 50;

  private static final Key<Long> HEADERS =
      head("headers", "32KiB", "Size of a head's header fields.");
  private static final Key<Integer> HEADER_COUNT =
      Key.of("headerCount", Types.count(1, MOST), "100", "Number of a head's header fields.");
  private static final Key<Long> TARGET = head("target", "8KiB", "Size of the request target.");
  private static final Key<Long> TOKEN = head("token", "8KiB", "Size of a token.");
  static final Key<Long> BODY =
      Key.of(
          "body",
          Types.size(0, LARGEST_BODY),
          "0",
          "Size of a forwarded request's body, beyond which the answer is 413; 0 is no limit.");
  private static final Key<Long> DRAIN =
      Key.of(
          "drain",
          Types.size(0, LARGEST_BODY),
          "64KiB",
          "A declared body up to this size is read and dropped after a refusal.");
  private static final Key<Integer> CONNECTIONS =
      Key.of("connections", Types.count(1, MOST), "10000", "Client connections at once.");
  private static final Key<Integer> PER_ADDRESS =
      Key.of(
          "connectionsPerAddress",
          Types.count(0, MOST),
          "0",
          "Client connections of one address at once; 0 is no limit.");
  private static final Key<Integer> STREAMS =
      Key.of(
          "concurrentStreams",
          Types.count(1, MOST),
          "100",
          "Streams of one HTTP/2 connection at once.");
  private static final Key<Integer> PER_CONNECTION =
      Key.of(
          "requestsPerConnection",
          Types.count(0, MOST),
          "0",
          "Requests until a connection is closed; 0 is no limit.");
  private static final Keys LIMITS_KEYS =
      Keys.of(
          HEADERS,
          HEADER_COUNT,
          TARGET,
          TOKEN,
          BODY,
          DRAIN,
          CONNECTIONS,
          PER_ADDRESS,
          STREAMS,
          PER_CONNECTION);

  private static final Key<Duration> HEADER =
      duration("header", "10s", "From a head's first octet to its last.");
  private static final Key<Duration> BODY_READ =
      duration("body", "30s", "Between two reads of a request's body.");
  private static final Key<Duration> IDLE = duration("idle", "75s", "Between two requests.");
  private static final Key<Duration> TLS = duration("tls", "10s", "A TLS handshake.");
  private static final Key<Duration> LAME_DUCK =
      duration("lameDuck", "5s", "On SIGTERM: still accepting, not ready.");
  private static final Key<Duration> DRAIN_TIME =
      duration("drain", "20s", "After lameDuck: how long running requests may take to end.");
  private static final Keys TIMEOUTS_KEYS =
      Keys.of(HEADER, BODY_READ, IDLE, TLS, LAME_DUCK, DRAIN_TIME);

  static final Key<LimitsConfig> LIMITS =
      Key.section("limits", LIMITS_KEYS, LimitsReader::limits, "What a client may ask for.");
  static final Key<TimeoutsConfig> TIMEOUTS =
      Key.section("timeouts", TIMEOUTS_KEYS, LimitsReader::timeouts, "How long a client may take.");

  private LimitsReader() {}

  private static LimitsConfig limits(Section s) {
    return new LimitsConfig(
        s.get(HEADERS).intValue(),
        s.get(HEADER_COUNT),
        s.get(TARGET).intValue(),
        s.get(TOKEN).intValue(),
        s.get(BODY),
        s.get(DRAIN),
        s.get(CONNECTIONS),
        s.get(PER_ADDRESS),
        s.get(STREAMS),
        s.get(PER_CONNECTION));
  }

  private static TimeoutsConfig timeouts(Section s) {
    return new TimeoutsConfig(
        s.get(HEADER),
        s.get(BODY_READ),
        s.get(IDLE),
        s.get(TLS),
        s.get(LAME_DUCK),
        s.get(DRAIN_TIME));
  }

  private static Key<Long> head(String name, String standard, String description) {
    return Key.of(name, Types.size(1, LARGEST_HEAD), standard, description);
  }

  private static Key<Duration> duration(String name, String standard, String description) {
    return Key.of(name, Types.DURATION, standard, description);
  }
}
