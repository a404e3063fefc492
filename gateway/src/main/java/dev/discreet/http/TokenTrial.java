package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.config.IssuerConfig;
import dev.discreet.config.TokenSource;
import dev.discreet.identity.IdentityTransport;
import dev.discreet.identity.Presented;
import dev.discreet.identity.Reason;
import dev.discreet.identity.TokenReport;
import dev.discreet.identity.TokenVerifier;
import dev.discreet.identity.Verification;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.wire.AuthScheme;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A token, verified as the gateway does it, with keys that are read now. Whoever asks about a token
 * can't prove that it is his: what it is bound to is taken for proven where it could be.
 */
public final class TokenTrial {
  private static final int PATIENCE_SECONDS = 10;

  private final GatewayConfig config;

  /** Verifies as a gateway with this configuration would. */
  public TokenTrial(GatewayConfig config) {
    this.config = config;
  }

  /** What was found of a token, and what it says. */
  public record Examined(Verification verification, TokenReport report) {}

  /**
   * Verifies a token; blocks until its issuer's keys have come, for seconds at most. It is sent
   * nowhere.
   *
   * @param credential what stands behind {@code Bearer}, or {@code DPoP}
   * @throws IOException if the transport that is configured does not load
   * @throws IllegalArgumentException if nobody but its issuer can tell what it says
   */
  public Examined verify(String credential) throws IOException {
    String token = Objects.requireNonNull(AuthScheme.BEARER.token("Bearer " + credential));
    Transport transport = Transport.choose(config.transport());
    EventLoopGroup loops = transport.loops(1);
    try (Telemetry telemetry =
            Telemetry.create(config.log(), new PrintStream(OutputStream.nullOutputStream()));
        TokenVerifier verifier =
            TokenVerifier.ofTokensAlone(
                config.issuers(),
                config.limits().token(),
                new IdentityTransport(loops, transport.client(), transport.datagram()),
                telemetry.tokens())) {
      return verify(token, verifier, loops);
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private Examined verify(String token, TokenVerifier verifier, EventLoopGroup loops) {
    IssuerConfig asked = verifier.askedAbout(token);
    if (asked != null) {
      throw new IllegalArgumentException(
          "is opaque: only its issuer %s could tell whether it is valid, and it is sent nowhere"
              .formatted(asked.name()));
    }
    verifier.startFor(token).completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    CompletableFuture<Verification> done = new CompletableFuture<>();
    var loop = loops.next();
    loop.execute(() -> verifier.verify(Presented.bearer(token), loop, done::complete));
    Verification found = done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    TokenReport report = verifier.report(token, found);
    String unread = report.bound() == null ? null : unread(report.bound());
    if (unread == null || !(found instanceof Verification.Verified verified)) {
      return new Examined(found, report);
    }
    Verification refused =
        new Verification.Refused(Reason.WRONG_SIGNATURE, verified.caller().issuer(), unread);
    return new Examined(refused, verifier.report(token, refused));
  }

  /** {@return why no request could prove it, whatever its issuer allows, or null} */
  private @Nullable String unread(TokenReport.Bound bound) {
    if (bound.jkt() != null && !config.tokenFrom().contains(new TokenSource.Dpop())) {
      return "it is bound to a key, and tokenFrom names no dpop: no proof is read";
    }
    return bound.x5t() != null && !config.asksClients()
        ? "it is bound to a certificate, and no listener asks clients for theirs"
        : null;
  }
}
