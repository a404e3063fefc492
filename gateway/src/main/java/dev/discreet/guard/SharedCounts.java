package dev.discreet.guard;

import dev.discreet.config.GuardConfig;
import dev.discreet.config.RedisUrl;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * What several gateways count together, in a Redis. No request waits for it: refusals are told, and
 * blocks heard of, beside the requests; while it is away each gateway counts for itself. Scripts
 * make each step one. Times are those of Redis, and what crosses over is a rest of time, so that no
 * two clocks need agree.
 */
final class SharedCounts implements AutoCloseable {
  // One hash tag, so that scripts may touch both.
  private static final String BLOCKS = "{discreet:guard}:blocks";
  private static final String COUNT = "{discreet:guard}:count:";
  private static final String TRIAL = "{discreet:guard}:trial";
  private static final long EVERY_MILLIS = 1000;

  private static final String NOW =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      """;

  /** An end that is farther off than a block is long is by a clock that was set back since. */
  private static final String CHARGE =
      NOW
          + """
          local limit, window, block = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
          local left = (tonumber(redis.call('ZSCORE', KEYS[2], ARGV[1]) or 0)) - now
          if left > 0 and left <= block then return left end
          local count = redis.call('INCR', KEYS[1])
          local ends = redis.call('PTTL', KEYS[1])
          if ends < 0 or ends > window then redis.call('PEXPIRE', KEYS[1], window) end
          if count < limit and ARGV[5] == '0' then return 0 end
          redis.call('DEL', KEYS[1])
          redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
          redis.call('ZADD', KEYS[2], now + block, ARGV[1])
          redis.call('PEXPIRE', KEYS[2], block)
          return block
          """;

  private static final String LOOK =
      NOW
          + """
          local from = math.max(tonumber(ARGV[1]), now)
          if tonumber(ARGV[2]) > now then from = now end
          return {now, redis.call('ZRANGEBYSCORE', KEYS[1], from, '+inf', 'WITHSCORES',
              'LIMIT', 0, 1000)}
          """;

  private final GuardConfig config;
  private final EventLoop loop;
  private final BiConsumer<Account, Duration> heard;
  private final RedisLink link;
  private final Future<?> looking;
  private long latestEnd;
  private long lastNow;

  /**
   * Begins to connect.
   *
   * @param bootstrap with channels and names, for {@code loop}
   * @param loop on which all of this happens
   * @param heard told who is blocked, and for how long still
   */
  SharedCounts(
      RedisUrl url,
      GuardConfig config,
      Bootstrap bootstrap,
      EventLoop loop,
      BiConsumer<Account, Duration> heard) {
    this.config = config;
    this.loop = loop;
    this.heard = heard;
    link = new RedisLink(url, bootstrap, loop, trial(), this::lookAtAll);
    loop.execute(link::connect);
    looking =
        loop.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Both scripts, with each command in them: a block of a millisecond for nobody. */
  private static List<List<String>> trial() {
    return List.of(
        List.of("EVAL", CHARGE, "2", COUNT + "trial", TRIAL, "trial", "1", "1", "1", "1"),
        List.of("EVAL", LOOK, "1", BLOCKS, "0", "0"));
  }

  /**
   * Tells of a refusal. From any thread.
   *
   * @param blocked whether this gateway has blocked the account for it
   */
  void charged(Account account, boolean blocked) {
    try {
      loop.execute(() -> tell(account, blocked));
    } catch (RejectedExecutionException e) {
      // The gateway goes down; what it counts now nobody needs.
    }
  }

  private void tell(Account account, boolean blocked) {
    String text = AccountText.of(account);
    link.send(
        List.of(
            "EVAL",
            CHARGE,
            "2",
            COUNT + text,
            BLOCKS,
            text,
            String.valueOf(config.refusals()),
            String.valueOf(config.window().toMillis()),
            String.valueOf(config.block().toMillis()),
            blocked ? "1" : "0"),
        left -> blocked(account, (Long) left));
  }

  private void blocked(Account account, long leftMillis) {
    if (leftMillis > 0 && leftMillis <= config.block().toMillis()) {
      heard.accept(account, Duration.ofMillis(leftMillis));
    }
  }

  private void lookAtAll() {
    latestEnd = 0;
    lastNow = 0;
    look();
  }

  /** What others have blocked since the last look. */
  private void look() {
    link.send(
        List.of("EVAL", LOOK, "1", BLOCKS, String.valueOf(latestEnd), String.valueOf(lastNow)),
        reply -> {
          List<?> parts = (List<?>) reply;
          long now = (Long) parts.get(0);
          latestEnd = now < lastNow ? 0 : latestEnd;
          lastNow = now;
          List<?> found = (List<?>) parts.get(1);
          for (int i = 0; i < found.size(); i += 2) {
            long end = Long.parseLong((String) found.get(i + 1));
            latestEnd = Math.max(latestEnd, end);
            Account account = AccountText.read((String) found.get(i));
            if (account != null) {
              blocked(account, end - now);
            }
          }
        });
  }

  @Override
  public void close() {
    looking.cancel(false);
    loop.execute(link::close);
  }
}
