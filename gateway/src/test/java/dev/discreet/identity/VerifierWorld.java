package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.config.LogConfig;
import dev.discreet.telemetry.Telemetry;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A verifier with real event loops, and a clock that the test moves. */
final class VerifierWorld implements AutoCloseable {
  static final int TOKEN_LIMIT = 8192;
  private static final int PATIENCE_SECONDS = 10;

  final ManualClock clock = new ManualClock();
  final Telemetry telemetry =
      Telemetry.create(
          new LogConfig(LogConfig.Level.INFO, false, true),
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  final EventLoop loop = loops.next();
  final TokenVerifier verifier;

  VerifierWorld(IssuerConfig... issuers) throws Exception {
    verifier =
        new TokenVerifier(
            Arrays.stream(issuers)
                .collect(Collectors.toMap(IssuerConfig::name, Function.identity())),
            TOKEN_LIMIT,
            new IdentityTransport(loops, NioSocketChannel.class, NioDatagramChannel.class),
            telemetry.tokens(),
            clock);
    verifier.start();
    verifier.firstAttempts().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Hands the token over on an event loop, as a request would. */
  CompletableFuture<Verification> begin(String token) {
    return begin(Presented.bearer(token));
  }

  CompletableFuture<Verification> begin(Presented presented) {
    CompletableFuture<Verification> found = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            verifier.verify(presented, loop, found::complete);
          } catch (RuntimeException e) {
            found.completeExceptionally(e);
          }
        });
    return found;
  }

  Verification verify(Presented presented) throws Exception {
    return begin(presented).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  Verification verify(String token) throws Exception {
    return begin(token).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** {@return how often this was counted} */
  double counted(String issuer, String result) {
    String line = "discreet_tokens_total{issuer=\"" + issuer + "\",result=\"" + result + "\"} ";
    return telemetry
        .scrape()
        .lines()
        .filter(text -> text.startsWith(line))
        .mapToDouble(text -> Double.parseDouble(text.substring(line.length())))
        .sum();
  }

  @Override
  public void close() {
    verifier.close();
    loops.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    telemetry.close();
  }
}
