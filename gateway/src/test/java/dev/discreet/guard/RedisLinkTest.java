package dev.discreet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.RedisUrl;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.LogLines;
import dev.discreet.testing.ScriptedRedis;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Redis that refuses is sent, and how often. */
@Timeout(60)
class RedisLinkTest {
  private static final String OK = "+OK\r\n";
  private static final List<String> GREETING = List.of("AUTH gateway secret", "SELECT 3", "PING");

  /** The halves of 100, 200, 400 and 800 ms, the least that is waited before the fifth. */
  private static final long LEAST_PAUSES_MILLIS = 750;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final AtomicInteger opened = new AtomicInteger();
  private final LogLines log = LogLines.of(RedisLink.class.getName());
  private @Nullable RedisLink link;

  @AfterEach
  void stop() {
    if (link != null) {
      loops.submit(link::close).syncUninterruptibly();
    }
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    log.close();
  }

  private ScriptedRedis linkedTo(UnaryOperator<String> answers) throws IOException {
    ScriptedRedis redis = new ScriptedRedis(answers);
    RedisLink made =
        new RedisLink(
            new RedisUrl(false, "127.0.0.1", redis.port(), "gateway", "secret", 3),
            new Bootstrap().group(loops).channel(NioSocketChannel.class),
            loops.next(),
            List.of(List.of("PING")),
            opened::incrementAndGet);
    link = made;
    loops.execute(made::connect);
    return redis;
  }

  @Test
  void itIsOpenOnceAllWasAccepted() throws Exception {
    try (ScriptedRedis redis = linkedTo(_ -> OK)) {
      Eventually.holds("it is open", () -> opened.get() == 1);
      assertThat(redis.connections().getFirst().commands()).isEqualTo(GREETING);
      assertThat(log.lines()).singleElement().asString().startsWith("INFO refusals are counted");
    }
  }

  /**
   * What a Redis answers to the rest as its default user is of no account, and is not asked for.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whatFollowsARefusalIsNotSent(int refused) throws Exception {
    String command = GREETING.get(refused);
    try (ScriptedRedis redis =
        linkedTo(sent -> sent.equals(command) ? "-NOPERM no\r\n" + OK + OK + OK : OK)) {
      Eventually.holds(
          "it tries again, and again", () -> redis.connections().stream().skip(4).count() == 1);
      List<ScriptedRedis.Connection> five = redis.connections().subList(0, 5);
      assertThat(five.subList(0, 4))
          .allSatisfy(
              one -> assertThat(one.commands()).isEqualTo(GREETING.subList(0, refused + 1)));
      assertThat(TimeUnit.NANOSECONDS.toMillis(five.get(4).atNanos() - five.get(0).atNanos()))
          .as("it waits longer each time")
          .isGreaterThanOrEqualTo(LEAST_PAUSES_MILLIS);
      assertThat(opened).hasValue(0);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARN ")
          .endsWith("is away, refusals are counted by this gateway alone: it answers NOPERM no");
    }
  }

  /** Each change is told, however soon it comes: the last word is what holds. */
  @Test
  void whatOpensAndBreaksIsLeftAloneForLonger() throws Exception {
    try (ScriptedRedis redis = linkedTo(_ -> OK)) {
      for (int i = 1; i <= 4; i++) {
        int times = i;
        Eventually.holds("it is open", () -> opened.get() == times);
        redis.connections().getLast().end();
        Eventually.holds("it says so", () -> log.lines().size() == 2 * times);
        assertThat(log.lines().getLast()).startsWith("WARN ").contains("it closed the connection");
      }
      Eventually.holds("it is open again", () -> redis.connections().size() == 5);
      List<ScriptedRedis.Connection> all = redis.connections();
      assertThat(TimeUnit.NANOSECONDS.toMillis(all.get(4).atNanos() - all.get(0).atNanos()))
          .isGreaterThanOrEqualTo(LEAST_PAUSES_MILLIS);
    }
  }
}
