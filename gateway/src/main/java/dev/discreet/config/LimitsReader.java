package dev.discreet.config;

import java.time.Duration;

/** Reads {@code limits} and {@code timeouts}. */
final class LimitsReader {
  private static final int MOST = 10_000_000;
  private static final long LARGEST_HEAD = 16 << 20;
  private static final long LARGEST_BODY = 1L << 50;

  private static final Key<Long> HEADERS = head("headers", 32 << 10);
  private static final Key<Integer> HEADER_COUNT = Key.of("headerCount", Types.count(1, MOST), 100);
  private static final Key<Long> TARGET = head("target", 8 << 10);
  private static final Key<Long> TOKEN = head("token", 8 << 10);
  static final Key<Long> BODY = Key.of("body", Types.size(0, LARGEST_BODY), 0L);
  private static final Key<Long> DRAIN = Key.of("drain", Types.size(0, LARGEST_BODY), 64L << 10);
  private static final Key<Integer> CONNECTIONS =
      Key.of("connections", Types.count(1, MOST), 10_000);
  private static final Key<Integer> PER_ADDRESS =
      Key.of("connectionsPerAddress", Types.count(0, MOST), 0);
  private static final Key<Integer> PER_CONNECTION =
      Key.of("requestsPerConnection", Types.count(0, MOST), 0);
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
              PER_CONNECTION)
          .later("concurrentStreams");

  private static final Key<Duration> HEADER = duration("header", 10);
  private static final Key<Duration> BODY_READ = duration("body", 30);
  private static final Key<Duration> IDLE = duration("idle", 75);
  private static final Key<Duration> LAME_DUCK = duration("lameDuck", 5);
  private static final Key<Duration> DRAIN_TIME = duration("drain", 20);
  private static final Keys TIMEOUTS_KEYS =
      Keys.of(HEADER, BODY_READ, IDLE, LAME_DUCK, DRAIN_TIME).later("tls");

  static final Key<LimitsConfig> LIMITS =
      Key.of("limits", node -> limits(Section.of(node, LIMITS_KEYS)), limits(Section.EMPTY));
  static final Key<TimeoutsConfig> TIMEOUTS =
      Key.of(
          "timeouts", node -> timeouts(Section.of(node, TIMEOUTS_KEYS)), timeouts(Section.EMPTY));

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
        s.get(PER_CONNECTION));
  }

  private static TimeoutsConfig timeouts(Section s) {
    return new TimeoutsConfig(
        s.get(HEADER), s.get(BODY_READ), s.get(IDLE), s.get(LAME_DUCK), s.get(DRAIN_TIME));
  }

  private static Key<Long> head(String name, long octets) {
    return Key.of(name, Types.size(1, LARGEST_HEAD), octets);
  }

  private static Key<Duration> duration(String name, long seconds) {
    return Key.of(name, Types.DURATION, Duration.ofSeconds(seconds));
  }
}
