package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.identity.TokenVerifier;
import dev.discreet.telemetry.Telemetry;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The real verifier of tokens, with keys from files, so that nothing is fetched. */
final class EmbeddedIdentity implements AutoCloseable {
  private final EventLoopGroup loops;
  private final TokenVerifier verifier;

  /** Returns once each issuer's keys are read, or can't be. */
  EmbeddedIdentity(GatewayConfig config, Telemetry telemetry) throws IOException {
    Transport transport = Transport.choose(GatewayConfig.Transport.NIO);
    loops = transport.loops(1);
    verifier = Parts.verifier(config, telemetry, transport, loops);
    verifier.start();
    verifier.firstAttempts().orTimeout(10, TimeUnit.SECONDS).join();
  }

  TokenVerifier verifier() {
    return verifier;
  }

  @Override
  public void close() {
    verifier.close();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
