package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.LogConfig;
import dev.discreet.config.UpstreamConfig;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.wire.DecoderLimits;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Names that do not resolve, told by a resolver of the test's own. */
class ConnectorTest {
  /** Does with each promise what it is told to. */
  private static final class Resolvers extends AddressResolverGroup<InetSocketAddress> {
    private final Consumer<Promise<?>> end;

    Resolvers(Consumer<Promise<?>> end) {
      this.end = end;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
      return new InetNameResolver(executor) {
        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
          end.accept(promise);
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
          end.accept(promise);
        }
      }.asAddressResolver();
    }
  }

  private static UpstreamFailure failure(Consumer<Promise<?>> end) throws Exception {
    UpstreamConfig usual = Fixture.config(1, Fixture.Settings.usual());
    UpstreamConfig config =
        new UpstreamConfig(
            "api",
            List.of(new UpstreamConfig.Address("api.test", 80, "api.test")),
            "",
            null,
            false,
            new UpstreamConfig.Timeouts(
                Duration.ofMillis(200), usual.timeouts().response(), usual.timeouts().idle()),
            usual.connections(),
            usual.retries(),
            usual.probe());
    CompletableFuture<UpstreamFailure> failed = new CompletableFuture<>();
    try (Telemetry telemetry =
            Telemetry.create(
                new LogConfig(LogConfig.Level.INFO, false, true),
                new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8));
        MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      EventLoop loop = loops.next();
      Connector connector =
          new Connector(
              config,
              new DecoderLimits(1024, 10, 0),
              NioSocketChannel::new,
              new Resolvers(end),
              telemetry.upstreams());
      Pool pool = new Quota(config).pool(loop, connector);
      loop.execute(
          () ->
              connector.connect(
                  loop,
                  pool,
                  new Connector.Outcome() {
                    @Override
                    public void connected(UpstreamConnection connection) {
                      failed.completeExceptionally(new AssertionError("connected"));
                    }

                    @Override
                    public void failed(UpstreamFailure failure) {
                      failed.complete(failure);
                    }
                  }));
      return failed.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aNameThatIsDeniedIsUnavailable() throws Exception {
    assertThat(failure(promise -> promise.setFailure(new UnknownHostException("api.test"))))
        .isEqualTo(UpstreamFailure.unavailable("its name is not resolved"));
  }

  @Test
  void aNameServerThatSaysNothingIsNotWaitedForLongerThanToConnect() throws Exception {
    assertThat(failure(promise -> {}))
        .isEqualTo(UpstreamFailure.unavailable("its name is not resolved"));
  }
}
