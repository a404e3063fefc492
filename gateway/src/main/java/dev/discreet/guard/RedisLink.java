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
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a Redis, built again whenever it breaks, after pauses that grow. While there is none,
 * what is sent is dropped: whoever sends can do without. On its event loop.
 */
final class RedisLink {
  private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
  private static final int CONNECT_MILLIS = 1000;
  private static final int SHORTEST_PAUSE_MILLIS = 100;
  private static final int LONGEST_PAUSE_MILLIS = 5000;
  private static final long TOLD_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final RedisUrl url;
  private final Bootstrap bootstrap;
  private final EventLoop loop;
  private final Runnable ready;
  private final @Nullable SslContext tls;
  private @Nullable RedisConnection connection;
  private boolean open;
  private boolean closed;
  private int failures;
  private boolean toldAway;
  private long toldAt;

  /**
   * Prepares.
   *
   * @param bootstrap with channels and names
   * @param ready run each time that the way is open
   */
  RedisLink(RedisUrl url, Bootstrap bootstrap, EventLoop loop, Runnable ready) {
    this.url = url;
    this.loop = loop;
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

  /** Each is answered in its order: the last answer says that all were accepted. */
  private void greet() {
    RedisConnection begun = connection;
    if (begun == null) {
      return;
    }
    String password = url.password();
    if (password != null) {
      List<String> auth =
          url.user() == null ? List.of("AUTH", password) : List.of("AUTH", url.user(), password);
      begun.send(auth, _ -> {});
    }
    begun.send(List.of("SELECT", String.valueOf(url.database())), _ -> opened());
  }

  private void opened() {
    open = true;
    failures = 0;
    if (toldAway || toldAt == 0) {
      log.info("refusals are counted together with other gateways in the Redis at {}", url);
      toldAway = false;
    }
    ready.run();
  }

  private void failed(String why) {
    open = false;
    if (connection != null) {
      connection.close();
      connection = null;
    }
    if (closed) {
      return;
    }
    long now = System.nanoTime();
    if (toldAt == 0 || now - toldAt >= TOLD_EVERY_NANOS) {
      toldAt = now;
      toldAway = true;
      log.warn("the Redis at {} is away, refusals are counted by this gateway alone: {}", url, why);
    }
    int pause = Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << Math.min(failures, 10));
    failures++;
    int jittered = pause / 2 + ThreadLocalRandom.current().nextInt(pause / 2);
    loop.schedule(this::connect, jittered, TimeUnit.MILLISECONDS);
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
