package dev.discreet.admin;

import dev.discreet.config.ListenAddress;
import dev.discreet.http.Listeners;
import dev.discreet.telemetry.Telemetry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Serves health and metrics, to whoever reaches its address: there is no authentication. */
public final class AdminServer implements AutoCloseable {
  private final EventLoopGroup loop;
  private final Channel listener;

  private AdminServer(EventLoopGroup loop, Channel listener) {
    this.loop = loop;
    this.listener = listener;
  }

  /**
   * Begins to serve.
   *
   * @param address where; port 0 takes a free one
   * @param telemetry whose metrics
   * @param health asked for each answer, on this server's own thread
   * @throws IOException if the address can't be bound, with a message for people
   */
  public static AdminServer start(
      ListenAddress address, Telemetry telemetry, Supplier<Health> health) throws IOException {
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("discreet-admin", true), NioIoHandler.newFactory());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(new Pipeline(new AdminHandler(telemetry, health)));
    try {
      return new AdminServer(loop, Listeners.bind(bootstrap, address));
    } catch (IOException e) {
      stop(loop);
      throw e;
    }
  }

  /** {@return where it listens, the port that was taken} */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** Closes its connections too. Blocks until that is done, for two seconds at most. */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    stop(loop);
  }

  private static void stop(EventLoopGroup loop) {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  private static final class Pipeline extends ChannelInitializer<SocketChannel> {
    private final AdminConnection connection = new AdminConnection();
    private final AdminHandler handler;

    Pipeline(AdminHandler handler) {
      this.handler = handler;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      channel.pipeline().addLast(connection, new HttpServerCodec(), handler);
    }
  }
}
