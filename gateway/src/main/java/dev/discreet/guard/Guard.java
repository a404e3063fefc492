package dev.discreet.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.discreet.config.GuardConfig;
import dev.discreet.config.GuardConfig.By;
import io.netty.bootstrap.Bootstrap;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts refusals and blocks accounts. What it takes does not depend on what was asked for, nor on
 * how many others there are. Used by all event loops; blocks none.
 */
public final class Guard implements AutoCloseable {
  // Each: subjects can't be driven out by addresses, of which whoever has many needs no other.
  private static final long MOST_OCTETS = 32 << 20;
  private static final int OCTETS_OF_ACCOUNT = 256;

  private final GuardConfig config;
  private final Bootstrap redis;
  private final Ticker ticker;
  private final BlockLog log;
  private final Cache<Account, Tally> subjects;
  private final Cache<Account, Tally> addresses;
  private final @Nullable SharedCounts shared;

  /**
   * Begins with empty accounts.
   *
   * @param redis how connections are made where counts are shared: event loops, channels, names
   */
  public Guard(GuardConfig config, Bootstrap redis) {
    this(config, redis, Ticker.systemTicker());
  }

  Guard(GuardConfig config, Bootstrap redis, Ticker ticker) {
    this.config = config;
    this.redis = redis;
    this.ticker = ticker;
    log = new BlockLog(config, ticker);
    subjects = accounts();
    addresses = accounts();
    shared =
        config.redis() == null
            ? null
            : new SharedCounts(
                config.redis(), config, redis, redis.config().group().next(), this::heard);
  }

  private Cache<Account, Tally> accounts() {
    return Caffeine.newBuilder()
        .maximumWeight(MOST_OCTETS)
        .weigher((Account account, Tally _) -> weight(account))
        // By then neither a window nor a block that it may hold goes on.
        .expireAfterAccess(config.window().plus(config.block()))
        .ticker(ticker)
        .build();
  }

  private static int weight(Account account) {
    return OCTETS_OF_ACCOUNT
        + (account instanceof Account.Subject subject ? subject.subject().length() : 0);
  }

  /**
   * {@return the guard of the next configuration: this, with all it has counted, if it is equal}
   */
  public Guard next(GuardConfig other) {
    return other.equals(config) ? this : new Guard(other, redis);
  }

  /** {@return whether anything is counted} */
  public boolean counts() {
    return !config.by().isEmpty();
  }

  /**
   * {@return to whom refusals of a caller are charged whose token was verified, or has merely
   * expired; null for nobody}
   *
   * @param issuer the issuer's name in the configuration
   * @param observed whether the route observes
   */
  public @Nullable Account subject(String issuer, String subject, boolean observed) {
    return config.by().contains(By.SUBJECT) ? new Account.Subject(issuer, subject, observed) : null;
  }

  /**
   * {@return to whom refusals of anybody else are charged, or null for nobody}
   *
   * @param client where the request comes from, as far as it is trusted
   * @param observed whether the route observes
   */
  public @Nullable Account address(InetAddress client, boolean observed) {
    return config.by().contains(By.ADDRESS) ? Account.Address.of(client, observed) : null;
  }

  /** {@return how long the account is blocked still, or null if it is not} */
  public @Nullable Duration blocked(Account account) {
    Tally tally = kind(account).getIfPresent(account);
    long left = tally == null ? 0 : tally.blocked(ticker.read());
    return left == 0 ? null : Duration.ofNanos(left);
  }

  /** Counts a refusal; {@return whether it was: not while the account is blocked} */
  public boolean charge(Account account) {
    Tally.Charged charged = tally(account).charge(ticker.read(), config);
    boolean last = charged == Tally.Charged.LAST;
    if (last) {
      log.blocked(account, config.block(), true);
    }
    if (shared != null && charged != Tally.Charged.NOT) {
      shared.charged(account, last);
    }
    return charged != Tally.Charged.NOT;
  }

  /** It was blocked by what all gateways counted together. */
  private void heard(Account account, Duration left) {
    if (tally(account).block(ticker.read(), left.toNanos())) {
      log.blocked(account, left, false);
    }
  }

  private Tally tally(Account account) {
    return kind(account).get(account, _ -> new Tally());
  }

  private Cache<Account, Tally> kind(Account account) {
    return switch (account) {
      case Account.Subject _ -> subjects;
      case Account.Address _ -> addresses;
    };
  }

  /** Gives up what {@code next} does not go on with. */
  public void retire(Guard next) {
    if (!next.equals(this)) {
      close();
    }
  }

  /** Tells and asks nobody any more; goes on counting for itself. */
  @Override
  public void close() {
    if (shared != null) {
      shared.close();
    }
  }
}
