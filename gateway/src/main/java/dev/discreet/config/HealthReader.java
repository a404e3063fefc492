package dev.discreet.config;

import dev.discreet.config.UpstreamConfig.Checks;
import dev.discreet.config.UpstreamConfig.Health;
import java.time.Duration;

/** Reads {@code upstreams.NAME.health}. */
final class HealthReader {
  private static final String PATH_PATTERN = "/(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*";
  private static final int MOST = 1_000_000;

  private static final Key<Integer> FAILURES =
      Key.of(
          "failures",
          Types.count(0, MOST),
          "5",
          "How many 502 or 504 in a row an address may cause until it is left out; 0 is any number.");
  private static final Key<Duration> EJECT =
      Key.of(
          "eject",
          Types.POSITIVE_DURATION,
          "10s",
          "How long it is left out, and then how long its share grows.");
  private static final Key<String> PATH =
      Key.optional(
          "path",
          Types.parsed(PATH_PATTERN, HealthReader::path),
          "What each address is asked for; those that do not answer with 2xx are left out.");
  private static final Key<Duration> EVERY =
      Key.of("every", Types.POSITIVE_DURATION, "5s", "Time between two checks.");
  private static final Key<Duration> TIMEOUT =
      Key.of("timeout", Types.POSITIVE_DURATION, "1s", "Time for a whole check.");

  static final Key<Health> KEY =
      Key.section(
          "health",
          Keys.of(FAILURES, EJECT, PATH, EVERY, TIMEOUT).onlyBeside(PATH, EVERY, TIMEOUT),
          HealthReader::read,
          "When an address is left out for a while.");

  private HealthReader() {}

  private static Health read(Section s) {
    String path = s.find(PATH);
    return new Health(
        s.get(FAILURES),
        s.get(EJECT),
        path == null ? null : new Checks(path, s.get(EVERY), s.get(TIMEOUT)));
  }

  private static String path(String text) {
    if (!text.matches(PATH_PATTERN)) {
      throw new IllegalArgumentException("is not a path such as /health");
    }
    return text;
  }
}
