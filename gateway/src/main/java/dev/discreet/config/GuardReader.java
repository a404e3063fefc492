package dev.discreet.config;

import dev.discreet.config.GuardConfig.By;
import dev.discreet.config.GuardConfig.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code guard}. */
final class GuardReader {
  private static final String RATE = "(?=0*[1-9])([0-9]{1,7})/(s|min|h)";
  private static final Pattern RATE_PATTERN = Pattern.compile(RATE);

  private static final Key<Rate> REFUSALS =
      Key.of(
          "refusals",
          Types.parsed(RATE, GuardReader::rate),
          "60/min",
          "How many 401 and canonical 404 within a second, a minute (min) or an hour (h) begin a"
              + " block.");
  private static final Key<Duration> BLOCK =
      Key.of("block", Types.POSITIVE_DURATION, "5m", "How long the answer is then 429.");
  private static final Key<List<By>> BY =
      Key.of(
          "by",
          Types.listOf(Types.choice(Map.of("subject", By.SUBJECT, "address", By.ADDRESS))),
          "[subject, address]",
          "Who is counted: known callers by subject, all others by address (of IPv6 by /64).");
  private static final Key<String> REDIS =
      Key.required(
          "redis",
          new Type<>(
              Shape.anyOf(
                  new Shape.Text(RedisUrl.PATTERN.replaceAll("\\?<[a-z]+>", "?:")),
                  new Shape.Mapping(Secrets.FILE_KEYS)),
              Secrets::secret),
          "A Redis or Valkey in which several gateways count together:"
              + " redis[s]://[[user]:password@]host[:port][/database].");
  private static final Keys REDIS_KEYS = Keys.of(REDIS);

  /** Where it is counted. */
  private record Store(@Nullable RedisUrl redis) {}

  private static final Key<Store> STORE =
      Key.of(
          "store",
          new Type<>(
              Shape.anyOf(new Shape.Choice(List.of("memory")), new Shape.Mapping(REDIS_KEYS)),
              GuardReader::store),
          "memory",
          "Where it is counted: memory, or {redis: URL} together with other gateways.");

  static final Key<GuardConfig> KEY =
      new Key<>(
          "guard",
          Types.mapping(Keys.of(REFUSALS, BLOCK, BY, STORE), GuardReader::read),
          false,
          GuardConfig.OFF,
          null,
          "Who asks too often for what is not there for him is answered 429; absent, nobody is.");

  private GuardReader() {}

  private static GuardConfig read(Section s) {
    Rate rate = s.get(REFUSALS);
    return new GuardConfig(
        rate.count(), rate.per(), s.get(BLOCK), Set.copyOf(s.get(BY)), s.get(STORE).redis());
  }

  private static @Nullable Store store(Node node) {
    if (node.isText()) {
      if (node.says("memory")) {
        return new Store(null);
      }
      node.errorNear("is neither memory nor {redis: URL}", List.of("memory"));
      return null;
    }
    String text = Section.of(node, REDIS_KEYS).find(REDIS);
    return text == null ? null : store(node, text);
  }

  /** What is wrong is said of the key, without the text: it may hold a password. */
  private static @Nullable Store store(Node node, String text) {
    try {
      RedisUrl url = RedisUrl.parse(text);
      if (!url.tls() && !Addresses.loopback(url.host())) {
        node.warn("asks Redis in cleartext beyond this machine: password, subjects, addresses");
      }
      return new Store(url);
    } catch (IllegalArgumentException e) {
      node.error("redis " + e.getMessage());
      return null;
    }
  }

  private static Rate rate(String text) {
    Matcher matcher = RATE_PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "is no rate; write a whole number from 1 to 9999999 and /s, /min or /h, such as 60/min");
    }
    Duration per =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(1);
          case "min" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    return new Rate(Integer.parseInt(matcher.group(1)), per);
  }
}
