package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.config.ListenAddress;
import dev.discreet.config.TimeoutsConfig;
import dev.discreet.identity.TokenVerifier;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.upstream.TlsLibrary;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running gateway: its listeners, its event loops, and how it ends. */
public final class GatewayServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GatewayServer.class);
  private static final int LOW_WATER_OCTETS = 32 << 10;
  private static final int HIGH_WATER_OCTETS = 64 << 10;
  private static final Duration FIRST_KEYS = Duration.ofSeconds(5);

  /** A source that hangs delays a change no longer: it is to be in force within 2 s. */
  private static final Duration NEW_KEYS = Duration.ofSeconds(1);

  private final Gateway gateway;
  private final EventLoopGroup loops;
  private final List<Channel> listeners = new ArrayList<>();
  private final CompletableFuture<Void> firstAttempts;
  private volatile boolean lameDuck;

  private GatewayServer(Gateway gateway, EventLoopGroup loops) {
    this.gateway = gateway;
    this.loops = loops;
    firstAttempts =
        gateway
            .current()
            .verifier()
            .firstAttempts()
            .copy()
            .completeOnTimeout(null, FIRST_KEYS.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Starts the gateway.
   *
   * @throws IOException if a transport does not load, or an address can't be listened on; the
   *     message is for people
   */
  public static GatewayServer start(GatewayConfig config, Telemetry telemetry) throws IOException {
    Transport transport = Transport.choose(config.transport());
    EventLoopGroup loops = transport.loops(Runtime.getRuntime().availableProcessors());
    Snapshot first =
        Parts.first(
            config,
            telemetry,
            Parts.verifier(config, telemetry, transport, loops),
            Parts.guard(config, transport, loops),
            Parts.upstreams(config, telemetry, transport, loops));
    GatewayServer server = new GatewayServer(new Gateway(telemetry, first), loops);
    try {
      server.listen(transport);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    log.info("signatures of tokens are verified by {}", TokenVerifier.cryptoProvider());
    boolean tls = first.tls().contexts().stream().anyMatch(Optional::isPresent);
    String library = tls ? ", TLS by " + TlsLibrary.words() : "";
    log.info("listening on {} ({}{})", server.addresses(), transport.name(), library);
    return server;
  }

  private void listen(Transport transport) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.server())
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(LOW_WATER_OCTETS, HIGH_WATER_OCTETS));
    List<ListenAddress> addresses = gateway.current().config().listen();
    for (int i = 0; i < addresses.size(); i++) {
      ServerBootstrap own = bootstrap.clone().childHandler(new GatewayPipeline(gateway, i));
      Channel listener = Listeners.bind(own, addresses.get(i));
      listener.pipeline().addLast(new AcceptFailures());
      listeners.add(listener);
    }
    gateway.current().verifier().start();
  }

  /**
   * Takes over another configuration, of which {@code listen}, {@code admin} and {@code transport}
   * are as they were. Requests that have begun end by the one before. Blocks until keys of issuers
   * that are new have been asked for, {@link #NEW_KEYS} at most. For one thread.
   */
  void takeOver(GatewayConfig config) throws InterruptedException {
    Snapshot before = gateway.current();
    Snapshot next = Parts.next(config, before);
    next.verifier().start();
    try {
      next.verifier().firstAttempts().get(NEW_KEYS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.debug("not all new keys are there yet", e);
    }
    gateway.swap(next);
    before.verifier().retire(next.verifier());
    before.guard().retire(next.guard());
    before.upstreams().retire(next.upstreams());
  }

  GatewayConfig config() {
    return gateway.current().config();
  }

  /** {@return where callers are served} */
  public List<InetSocketAddress> addresses() {
    return listeners.stream().map(channel -> (InetSocketAddress) channel.localAddress()).toList();
  }

  /** {@return done once each issuer's first attempt to get keys has ended, after 5 s at most} */
  public CompletableFuture<Void> firstAttempts() {
    return firstAttempts;
  }

  /** {@return whether requests should be sent here} */
  public boolean ready() {
    return firstAttempts.isDone() && !lameDuck;
  }

  /** {@return the names of the issuers whose tokens can't be checked now} */
  public Set<String> issuersWithoutKeys() {
    return gateway.current().verifier().issuersWithoutKeys();
  }

  /**
   * Ends without breaking a request: no longer ready but still accepting for {@code
   * timeouts.lameDuck}, then what runs may end within {@code timeouts.drain}. Blocks until done.
   */
  public void shutdown() throws InterruptedException {
    TimeoutsConfig timeouts = gateway.current().config().timeouts();
    lameDuck = true;
    gateway.drain();
    log.info("going down: not ready any more, accepting for {} s", timeouts.lameDuck().toSeconds());
    TimeUnit.NANOSECONDS.sleep(timeouts.lameDuck().toNanos());
    listeners.forEach(channel -> channel.close().awaitUninterruptibly());
    gateway.end();
    log.info("down; connections cut: {}", gateway.connections().awaitNone(timeouts.drain()));
    close();
  }

  /** Ends at once, if it has not. */
  @Override
  public void close() {
    if (loops.isShuttingDown()) {
      return;
    }
    listeners.forEach(channel -> channel.close().awaitUninterruptibly());
    gateway.connections().closeAll();
    gateway.current().upstreams().close();
    gateway.current().guard().close();
    gateway.current().verifier().close();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
