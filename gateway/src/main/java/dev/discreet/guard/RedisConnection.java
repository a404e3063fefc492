package dev.discreet.guard;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.redis.ArrayRedisMessage;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.IntegerRedisMessage;
import io.netty.handler.codec.redis.RedisArrayAggregator;
import io.netty.handler.codec.redis.RedisBulkStringAggregator;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.handler.codec.redis.SimpleStringRedisMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a Redis, by its protocol RESP2: replies come in the order of what was asked. It
 * ends at the first error, and at a reply that is late; what was asked then gets none. On its event
 * loop.
 */
final class RedisConnection extends SimpleChannelInboundHandler<RedisMessage> {
  private static final long PATIENCE_MILLIS = Duration.ofSeconds(1).toMillis();
  private static final int MOST_PENDING = 1024;
  private static final int MOST_ITEMS = 4096;
  private static final int MOST_DEPTH = 4;

  private final Consumer<String> failed;
  private final Queue<Pending> pending = new ArrayDeque<>();
  private @Nullable Channel channel;
  private boolean over;

  /** What is done with a reply: a {@link String}, a {@link Long}, or a {@link List} of such. */
  private record Pending(long sentNanos, Consumer<Object> reply) {}

  /**
   * Prepares.
   *
   * @param failed told once, why it is over
   */
  RedisConnection(Consumer<String> failed) {
    this.failed = failed;
  }

  void addTo(ChannelPipeline pipeline) {
    pipeline.addLast(
        new RedisDecoder(),
        new RedisBulkStringAggregator(),
        new RedisArrayAggregator(MOST_ITEMS, MOST_DEPTH),
        new RedisEncoder(),
        this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    ctx.executor().schedule(this::look, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Sends a command; dropped where too many replies are outstanding. */
  void send(List<String> words, Consumer<Object> reply) {
    if (over || channel == null || pending.size() >= MOST_PENDING) {
      return;
    }
    List<RedisMessage> parts = new ArrayList<>();
    for (String word : words) {
      parts.add(
          new FullBulkStringRedisMessage(Unpooled.copiedBuffer(word, StandardCharsets.UTF_8)));
    }
    pending.add(new Pending(System.nanoTime(), reply));
    channel.writeAndFlush(new ArrayRedisMessage(parts));
  }

  private void look() {
    Pending oldest = pending.peek();
    long patience = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    if (oldest != null && System.nanoTime() - oldest.sentNanos() >= patience) {
      end("no answer in time");
    } else if (!over && channel != null) {
      channel.eventLoop().schedule(this::look, PATIENCE_MILLIS / 4, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, RedisMessage message) throws IOException {
    if (over) {
      return;
    }
    Pending asked = pending.poll();
    if (asked == null) {
      throw new IOException("an answer to nothing");
    }
    asked.reply().accept(read(message));
  }

  private static Object read(RedisMessage message) throws IOException {
    return switch (message) {
      case SimpleStringRedisMessage text -> text.content();
      case IntegerRedisMessage number -> number.value();
      case FullBulkStringRedisMessage bulk ->
          new String(ByteBufUtil.getBytes(bulk.content()), StandardCharsets.UTF_8);
      case ArrayRedisMessage array -> {
        List<Object> items = new ArrayList<>();
        for (RedisMessage item : array.children()) {
          items.add(read(item));
        }
        yield items;
      }
      case ErrorRedisMessage error -> throw new IOException("it answers " + error.content());
      default -> throw new IOException("an answer of another kind");
    };
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end("it closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    end(String.valueOf(cause.getMessage()));
  }

  private void end(String why) {
    if (!over) {
      close();
      failed.accept(why);
    }
  }

  void close() {
    over = true;
    if (channel != null) {
      channel.close();
    }
  }
}
