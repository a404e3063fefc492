package dev.discreet.guard;

import dev.discreet.client.ConnectionFailure;
import dev.discreet.client.Egress;
import dev.discreet.config.RedisUrl;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a Redis, built again whenever it breaks, after pauses that grow. It is open once all
 * that it is for was tried there without error. While it is not, what is sent is dropped: whoever
 * sends can do without. On its event loop.
 */
final class RedisLink {
  private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
  private static final int CONNECT_MILLIS = 1000;
  private static final int SHORTEST_PAUSE_MILLIS = 100;
  private static final int LONGEST_PAUSE_MILLIS = 5000;
  private static final long TOLD_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  /** Open for less long, it has not proved itself: the pauses go on growing. */
  private static final long PROVED_NANOS = TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MILLIS);

  private final RedisUrl url;
  private final Bootstrap bootstrap;
  private final EventLoop loop;
  private final List<List<String>> trial;
  private final Runnable ready;
  private final @Nullable SslContext tls;
  private @Nullable RedisConnection connection;
  private boolean open;
  private boolean closed;
  private long openedAt;
  private int failures;
  private boolean toldTogether;
  private long toldAwayAt;

  /**
   * Prepares.
   *
   * @param bootstrap with channels and names
   * @param trial commands that must be answered without error before the way is open
   * @param ready run each time that it is
   */
  RedisLink(
      RedisUrl url, Bootstrap bootstrap, EventLoop loop, List<List<String>> trial, Runnable ready) {
    this.url = url;
    this.loop = loop;
    this.trial = trial;
    this.ready = ready;
    tls = url.tls() ? Egress.direct().tls() : null;
    this.bootstrap =
        bootstrap
            .clone(loop)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    begin(channel);
                  }
                });
  }

  private void begin(Channel channel) {
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc(), url.host(), url.port()));
    }
    RedisConnection begun = new RedisConnection(this::failed);
    begun.addTo(channel.pipeline());
    connection = begun;
  }

  void connect() {
    if (closed) {
      return;
    }
    bootstrap
        .connect(InetSocketAddress.createUnresolved(url.host(), url.port()))
        .addListener(
            done -> {
              if (done.isSuccess()) {
                greet();
              } else {
                failed(ConnectionFailure.words(done.cause()));
              }
            });
  }

  private void greet() {
    if (connection != null) {
      sendNext(connection, greeting().iterator());
    }
  }

  private List<List<String>> greeting() {
    List<List<String>> commands = new ArrayList<>();
    String password = url.password();
    if (password != null) {
      commands.add(
          url.user() == null ? List.of("AUTH", password) : List.of("AUTH", url.user(), password));
    }
    commands.add(List.of("SELECT", String.valueOf(url.database())));
    commands.addAll(trial);
    return commands;
  }

  /** One by one: behind an AUTH that fails the rest would be run as the default user. */
  private void sendNext(RedisConnection begun, Iterator<List<String>> left) {
    if (left.hasNext()) {
      begun.send(left.next(), _ -> sendNext(begun, left));
    } else {
      opened();
    }
  }

  private void opened() {
    open = true;
    openedAt = System.nanoTime();
    if (!toldTogether) {
      log.info("refusals are counted together with other gateways in the Redis at {}", url);
      toldTogether = true;
    }
    ready.run();
  }

  private void failed(String why) {
    if (open && System.nanoTime() - openedAt >= PROVED_NANOS) {
      failures = 0;
    }
    open = false;
    if (connection != null) {
      connection.close();
      connection = null;
    }
    if (!closed) {
      tellAway(why);
      loop.schedule(this::connect, pauseMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void tellAway(String why) {
    long now = System.nanoTime();
    if (toldTogether || toldAwayAt == 0 || now - toldAwayAt >= TOLD_EVERY_NANOS) {
      toldAwayAt = now;
      toldTogether = false;
      log.warn("the Redis at {} is away, refusals are counted by this gateway alone: {}", url, why);
    }
  }

  private int pauseMillis() {
    int pause = Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << Math.min(failures, 10));
    failures++;
    return pause / 2 + ThreadLocalRandom.current().nextInt(pause / 2);
  }

  /** Asks, or drops the question. */
  void send(List<String> words, Consumer<Object> reply) {
    if (open && connection != null) {
      connection.send(words, reply);
    }
  }

  void close() {
    closed = true;
    if (connection != null) {
      connection.close();
    }
  }
}
