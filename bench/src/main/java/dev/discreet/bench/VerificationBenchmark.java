package dev.discreet.bench;

import dev.discreet.config.IssuerConfig;
import dev.discreet.config.LogConfig;
import dev.discreet.identity.IdentityTransport;
import dev.discreet.identity.Presented;
import dev.discreet.identity.TokenVerifier;
import dev.discreet.identity.Verification;
import dev.discreet.telemetry.Telemetry;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One token, from its text to what became of it, by Amazon Corretto Crypto Provider where its
 * library loads. Sampled, since a median bears a machine that does other things too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VerificationBenchmark {
  private static final int TOKEN_LIMIT = 8192;

  /** What the token is signed by. */
  @Param({"RS256", "PS256", "ES256", "EdDSA"})
  private String algorithm = "";

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Telemetry telemetry =
      Telemetry.create(
          new LogConfig(LogConfig.Level.WARN, false, true),
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  private Map<String, IssuerConfig> issuers = Map.of();
  private TokenVerifier verifier = verifier();
  private Presented token = Presented.bearer("");

  private TokenVerifier verifier() {
    return new TokenVerifier(
        issuers,
        TOKEN_LIMIT,
        new IdentityTransport(loops, NioSocketChannel.class, NioDatagramChannel.class),
        telemetry.tokens(),
        Clock.systemUTC());
  }

  /** Makes a key and a token, and sees that it is valid. */
  @Setup
  public void prepare() throws Exception {
    BenchIssuer issuer = new BenchIssuer(algorithm);
    verifier.close();
    issuers = issuer.configured();
    verifier = verifier();
    verifier.start();
    verifier.firstAttempts().get(10, TimeUnit.SECONDS);
    token = Presented.bearer(issuer.token());
    verifier.verify(token, ImmediateEventExecutor.INSTANCE, VerificationBenchmark::requireValid);
    System.out.println("verified by " + TokenVerifier.cryptoProvider());
  }

  private static void requireValid(Verification found) {
    if (!(found instanceof Verification.Verified)) {
      throw new IllegalStateException("not valid: " + found);
    }
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    verifier.close();
    telemetry.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** A verifier that remembers nothing yet. What is verified once takes longer than to make it. */
  @State(Scope.Thread)
  public static class Forgetful {
    private int calls;
    private @Nullable TokenVerifier fresh;

    /** A token limit that differs is what makes a verifier forget. */
    @Setup(Level.Invocation)
    public void forget(VerificationBenchmark of) {
      calls++;
      fresh = of.verifier.next(of.issuers, TOKEN_LIMIT + 1 + calls % 2);
    }
  }

  /** A token that has not been seen before. */
  @Benchmark
  public void uncached(Forgetful with, Blackhole hole) {
    Objects.requireNonNull(with.fresh)
        .verify(token, ImmediateEventExecutor.INSTANCE, hole::consume);
  }

  /** A token that was verified before. */
  @Benchmark
  public void cached(Blackhole hole) {
    verifier.verify(token, ImmediateEventExecutor.INSTANCE, hole::consume);
  }
}
