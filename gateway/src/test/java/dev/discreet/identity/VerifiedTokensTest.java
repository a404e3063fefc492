package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.LogConfig;
import dev.discreet.identity.Verification.Verified;
import dev.discreet.policy.AuthenticationEvent;
import dev.discreet.policy.Caller;
import dev.discreet.policy.Claims;
import dev.discreet.telemetry.Telemetry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is remembered is found by the whole token, and is bounded. */
class VerifiedTokensTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Telemetry telemetry =
      Telemetry.create(
          new LogConfig(LogConfig.Level.INFO, false, true),
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  private final Issuer issuer = issuer();
  private final VerifiedTokens tokens = new VerifiedTokens();

  private Issuer issuer() {
    var config = new IssuerSettings().with(Keys.file());
    IssuerKeys keys =
        new IssuerKeys(
            config,
            CompletableFuture::new,
            channel.eventLoop(),
            telemetry.tokens(),
            new ManualClock(),
            System::nanoTime);
    return new Issuer(config, keys, new ClaimsCheck(config));
  }

  @AfterEach
  void stop() {
    channel.finishAndReleaseAll();
    telemetry.close();
  }

  private VerifiedTokens.Entry entry(String token) {
    Caller.Authenticated caller =
        new Caller.Authenticated(
            "main",
            token,
            Set.of(),
            Set.of(),
            new Claims(Map.of(), Map.of()),
            AuthenticationEvent.UNKNOWN);
    return new VerifiedTokens.Entry(
        token,
        issuer,
        new VerificationKey("k1", null, Keys.RSA.getPublic()),
        Confirmation.NONE,
        new Verified(caller, Instant.MAX));
  }

  @Test
  void theWholeTokenIsCompared() {
    String end = "the-same-sixteen-characters-at-the-end";
    VerifiedTokens.Entry remembered = entry("a." + end);
    tokens.remember(remembered);
    assertThat(tokens.find("a." + end)).isSameAs(remembered);
    assertThat(tokens.find("b." + end)).isNull();
    assertThat(tokens.find(end)).isNull();
    assertThat(tokens.find("")).isNull();
    tokens.forget("a." + end);
    assertThat(tokens.find("a." + end)).isNull();
  }

  @Test
  void longTokensCountForMore() {
    int count = 6000;
    String filling = "a".repeat(8000);
    for (int i = 0; i < count; i++) {
      tokens.remember(entry(filling + i));
    }
    long most = (16 << 20) / 8000;
    Instant end = Instant.now().plus(Duration.ofSeconds(10));
    long left = left(filling, count);
    while (left > most && Instant.now().isBefore(end)) {
      Thread.onSpinWait();
      left = left(filling, count);
    }
    assertThat(left).isBetween(1L, most);
  }

  private long left(String filling, int count) {
    long left = 0;
    for (int i = 0; i < count; i++) {
      left += tokens.find(filling + i) == null ? 0 : 1;
    }
    return left;
  }
}
