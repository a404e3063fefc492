package dev.discreet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.discreet.config.GuardConfig;
import dev.discreet.config.GuardConfig.By;
import dev.discreet.config.RedisUrl;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.LogLines;
import dev.discreet.testing.RedisServer;
import dev.discreet.testing.SelfSigned;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several gateways and one real Redis, which may be slow, away, or begin anew. */
class SharedCountsTest {
  private static final Duration BLOCK = Duration.ofMinutes(5);
  private static final int LIMIT = 6;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final List<Guard> guards = new ArrayList<>();
  private final AtomicInteger names = new AtomicInteger();

  @AfterEach
  void stop() {
    guards.forEach(Guard::close);
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private Guard guard(RedisServer redis) {
    return guard(new RedisUrl(false, "127.0.0.1", redis.port(), null, null, 0));
  }

  private Guard guard(RedisUrl url) {
    GuardConfig config =
        new GuardConfig(LIMIT, Duration.ofHours(1), BLOCK, Set.of(By.SUBJECT, By.ADDRESS), url);
    Bootstrap bootstrap = new Bootstrap().group(loops).channel(NioSocketChannel.class);
    Guard guard = new Guard(config, bootstrap, Ticker.systemTicker());
    guards.add(guard);
    return guard;
  }

  private static Account subject(Guard guard, String name) {
    return Objects.requireNonNull(guard.subject("main", name, false));
  }

  private static void charge(Guard guard, Account account, int times) {
    for (int i = 0; i < times; i++) {
      guard.charge(account);
    }
  }

  private static void isBlocked(Guard guard, Account account) {
    Eventually.holds(account + " is blocked", () -> guard.blocked(account) != null);
    assertThat(guard.blocked(account)).isBetween(BLOCK.minusSeconds(60), BLOCK);
  }

  /** By accounts that nothing else depends on. */
  private void areTogether(Guard one, Guard other) {
    List<Account> probes = new ArrayList<>();
    Eventually.holds(
        "what one blocks the other hears of",
        () -> {
          probes.add(subject(one, "probe" + names.incrementAndGet()));
          charge(one, probes.getLast(), LIMIT);
          return probes.stream().anyMatch(probe -> other.blocked(probe) != null);
        });
  }

  @Test
  void refusalsOfSeveralGatewaysComeTogether() throws Exception {
    try (RedisServer redis = new RedisServer()) {
      Guard one = guard(redis);
      Guard other = guard(redis);
      areTogether(one, other);
      Account alice = subject(one, "alice");
      charge(one, alice, 3);
      charge(other, alice, 2);
      assertThat(one.blocked(alice)).isNull();
      charge(other, alice, 1);
      isBlocked(other, alice);
      isBlocked(one, alice);
      assertThat(one.blocked(subject(one, "bob"))).isNull();
    }
  }

  @Test
  void aBlockIsHeardOfByWhoCountedNothing() throws Exception {
    try (RedisServer redis = new RedisServer()) {
      Guard one = guard(redis);
      Guard other = guard(redis);
      areTogether(one, other);
      List<Account> accounts =
          List.of(
              subject(one, "5:main:ü 😀 \"'{}"),
              Objects.requireNonNull(one.subject("a:b", "c", true)),
              Objects.requireNonNull(one.address(InetAddress.ofLiteral("192.0.2.1"), false)),
              Objects.requireNonNull(one.address(InetAddress.ofLiteral("2001:db8::1"), true)));
      accounts.forEach(account -> charge(one, account, LIMIT));
      accounts.forEach(account -> isBlocked(other, account));
      Guard late = guard(redis);
      accounts.forEach(account -> isBlocked(late, account));
      assertThat(other.blocked(Objects.requireNonNull(other.subject("a:b", "c", false)))).isNull();
      assertThat(other.blocked(Objects.requireNonNull(other.subject("a", "b:c", true)))).isNull();
    }
  }

  @Test
  void whileItIsAwayEachCountsForItself() throws Exception {
    try (RedisServer redis = new RedisServer()) {
      Guard one = guard(redis);
      Guard other = guard(redis);
      areTogether(one, other);
      Account before = subject(one, "before");
      charge(one, before, LIMIT);
      isBlocked(other, before);
      redis.stop();
      Account alice = subject(one, "alice");
      charge(one, alice, LIMIT - 1);
      assertThat(one.blocked(alice)).isNull();
      charge(one, alice, 1);
      assertThat(one.blocked(alice)).isNotNull();
      assertThat(other.blocked(alice)).isNull();
      redis.startAgain();
      areTogether(one, other);
      isBlocked(one, before);
      isBlocked(other, before);
    }
  }

  @Test
  void whileItAnswersNobodyNobodyWaits() throws Exception {
    try (RedisServer redis = new RedisServer()) {
      Guard one = guard(redis);
      Guard other = guard(redis);
      areTogether(one, other);
      try (LogLines log = LogLines.of(RedisLink.class.getName())) {
        redis.freeze();
        for (int i = 0; i < 5000; i++) {
          Account account = subject(one, "frozen" + i);
          charge(one, account, LIMIT);
          assertThat(one.blocked(account)).as("at once").isNotNull();
        }
        Eventually.holds("both say so", () -> log.lines().size() == 2);
        assertThat(log.lines())
            .containsOnly(
                "WARN the Redis at 127.0.0.1:%d is away, refusals are counted by this gateway alone: no answer in time"
                    .formatted(redis.port()));
      }
      redis.goOn();
      areTogether(one, other);
      areTogether(other, one);
    }
  }

  @Test
  void itIsAskedAsAUserWhoMayDoNoMoreThanThat() throws Exception {
    try (RedisServer redis =
        new RedisServer(
            ("--user default off --user gateway on >p@ss:word ~{discreet:guard}:* +select +eval"
                    + " +time +incr +pttl +pexpire +del +zscore +zadd +zrangebyscore"
                    + " +zremrangebyscore")
                .split(" ", -1))) {
      RedisUrl url = url(redis, "gateway", "p@ss:word");
      areTogether(guard(url), guard(url));
      try (LogLines log = LogLines.of(RedisLink.class.getName())) {
        Guard stranger = guard(url(redis, "gateway", "wrong"));
        Account alice = subject(stranger, "alice");
        charge(stranger, alice, LIMIT);
        assertThat(stranger.blocked(alice)).as("counts for itself").isNotNull();
        Eventually.holds("it says so", () -> !log.lines().isEmpty());
        assertThat(log.lines().getFirst()).contains("it answers WRONGPASS");
      }
    }
  }

  /** The default user may do anything here, and is not the one who was configured. */
  @ParameterizedTest
  @CsvSource({
    "wrong, +@all",
    "right, -select",
    "right, -eval",
    "right, -time",
    "right, -zadd",
    "right, -zrangebyscore",
  })
  void whoMayNotDoAllOfItCountsAlone(String password, String rights) throws Exception {
    try (RedisServer redis =
            new RedisServer(("--user gateway on >right ~* +@all " + rights).split(" ", -1));
        LogLines log = LogLines.of(RedisLink.class.getName())) {
      Guard guard = guard(url(redis, "gateway", password));
      charge(guard, subject(guard, "alice"), LIMIT);
      Eventually.holds("it says so", () -> !log.lines().isEmpty());
      assertThat(log.lines()).singleElement().asString().contains("is away", ": it answers ");
    }
  }

  private static RedisUrl url(RedisServer redis, @Nullable String user, String password) {
    return new RedisUrl(false, "127.0.0.1", redis.port(), user, password, 3);
  }

  @Test
  void aPasswordAloneIsThatOfTheDefaultUser() throws Exception {
    try (RedisServer redis = new RedisServer("--requirepass", "secret")) {
      areTogether(guard(url(redis, null, "secret")), guard(url(redis, null, "secret")));
    }
  }

  @Test
  void byTlsItMustBeTrusted() throws Exception {
    SelfSigned certificate = new SelfSigned();
    try (RedisServer redis = RedisServer.overTls(certificate);
        LogLines log = LogLines.of(RedisLink.class.getName())) {
      RedisUrl url = new RedisUrl(true, "localhost", redis.port(), null, null, 0);
      certificate.trustedBySystem(() -> areTogether(guard(url), guard(url)));
      assertThat(log.lines()).allMatch(line -> line.startsWith("INFO "));
      Guard stranger = guard(url);
      Account alice = subject(stranger, "alice");
      charge(stranger, alice, LIMIT);
      assertThat(stranger.blocked(alice)).as("counts for itself").isNotNull();
      Eventually.holds("it says so", () -> log.lines().getLast().startsWith("WARN "));
      assertThat(log.lines().getLast()).contains("is away", "certification path");
    }
  }
}
