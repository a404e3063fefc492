package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.IssuerConfig.KeySource;
import dev.discreet.identity.Verification.Refused;
import dev.discreet.identity.Verification.Undecided;
import dev.discreet.identity.Verification.Verified;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A verifier and its source of keys, over sockets. */
class KeyRotationTest {
  private static final String ONE = Keys.set(Keys.rsaJwk("k1", Keys.RSA));
  private static final String BOTH =
      Keys.set(Keys.rsaJwk("k1", Keys.RSA), Keys.rsaJwk("k2", Keys.OTHER_RSA));
  private static final String TWO = Keys.set(Keys.rsaJwk("k2", Keys.OTHER_RSA));
  private static final Refused WRONG_KEY = new Refused(Reason.WRONG_SIGNATURE, "main");

  @SuppressWarnings("NullAway.Init")
  private KeyServer source;

  @SuppressWarnings("NullAway.Init")
  private VerifierWorld world;

  @BeforeEach
  void start() throws Exception {
    source = new KeyServer(ONE);
    world = new VerifierWorld(new IssuerSettings().with(new KeySource.Remote(source.url())));
  }

  @AfterEach
  void stop() {
    world.close();
    source.close();
  }

  @Test
  void aNewKeyIsFetchedWhenATokenNamesIt() throws Exception {
    source.answers(200, BOTH);
    assertThat(world.verify(Tokens.by("RS256", Keys.OTHER_RSA, "k2"))).isInstanceOf(Verified.class);
    assertThat(source.requests()).isEqualTo(2);
  }

  @Test
  void threeHundredRandomKeyIdsCostOneFetch() throws Exception {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      tokens.add(Tokens.by("RS256", Keys.OTHER_RSA, "random-" + i));
    }
    List<CompletableFuture<Verification>> found = new ArrayList<>();
    for (String token : tokens) {
      found.add(world.begin(token));
    }
    for (CompletableFuture<Verification> each : found) {
      assertThat(each.get(10, TimeUnit.SECONDS)).isEqualTo(WRONG_KEY);
    }
    assertThat(source.requests()).isEqualTo(2);
  }

  @Test
  void aTokenThatNoKeyCouldSaveCausesNoFetch() throws Exception {
    String none = Tokens.of("{\"alg\":\"none\",\"kid\":\"new\"}", Tokens.good());
    String bound =
        Tokens.of(
            "{\"alg\":\"RS256\",\"kid\":\"new\"}", Tokens.good() + ",\"cnf\":{\"jkt\":\"a\"}");
    assertThat(world.verify(none)).isEqualTo(WRONG_KEY);
    assertThat(world.verify(bound))
        .isInstanceOfSatisfying(
            Refused.class, found -> assertThat(found.reason()).isEqualTo(Reason.WRONG_SIGNATURE));
    assertThat(source.requests()).isEqualTo(1);
  }

  @Test
  void aKeyThatLeavesTheSetEndsTheTrustInWhatItSigned() throws Exception {
    String token = Tokens.by("RS256", Keys.RSA, "k1");
    assertThat(world.verify(token)).isInstanceOf(Verified.class);
    assertThat(world.verify(token)).isInstanceOf(Verified.class);
    assertThat(world.counted("main", "cached")).isEqualTo(1);
    source.answers(200, TWO);
    assertThat(world.verify(Tokens.by("RS256", Keys.OTHER_RSA, "k2"))).isInstanceOf(Verified.class);
    assertThat(world.verify(token)).isEqualTo(WRONG_KEY);
  }

  @Test
  void aKeyIdThatMovesToAnotherKeyEndsItToo() throws Exception {
    String token = Tokens.by("RS256", Keys.RSA, "k1");
    assertThat(world.verify(token)).isInstanceOf(Verified.class);
    source.answers(200, Keys.set(Keys.rsaJwk("k1", Keys.OTHER_RSA)));
    assertThat(world.verify(Tokens.by("RS256", Keys.RSA, "unknown"))).isEqualTo(WRONG_KEY);
    assertThat(world.verify(token)).isEqualTo(WRONG_KEY);
    assertThat(world.verify(Tokens.by("RS256", Keys.OTHER_RSA, "k1"))).isInstanceOf(Verified.class);
  }

  @Test
  void whatIsRememberedSurvivesARefreshAndASourceThatIsDown() throws Exception {
    String token = Tokens.by("RS256", Keys.RSA, "k1");
    assertThat(world.verify(token)).isInstanceOf(Verified.class);
    source.answers(503, "");
    assertThat(world.verify(Tokens.by("RS256", Keys.RSA, "unknown"))).isEqualTo(WRONG_KEY);
    assertThat(source.requests()).isEqualTo(2);
    assertThat(world.verify(token)).isInstanceOf(Verified.class);
    assertThat(world.counted("main", "cached")).isEqualTo(1);
    assertThat(world.counted("main", "wrong_signature_or_key")).isEqualTo(1);
  }

  @Test
  void keysThatAreTooOldAreNone() throws Exception {
    String token = Tokens.claiming(Tokens.replacing("exp", "9e9"));
    assertThat(world.verify(token)).isInstanceOf(Verified.class);
    world.clock.advance(Duration.ofHours(24));
    assertThat(world.verify(token)).isEqualTo(new Undecided("main", "no keys of the issuer main"));
    assertThat(world.verifier.issuersWithoutKeys()).containsExactly("main");
    assertThat(world.counted("main", "keys_unavailable")).isEqualTo(1);
  }

  @Test
  void aRememberedTokenExpires() throws Exception {
    String token = Tokens.by("RS256", Keys.RSA, "k1");
    assertThat(world.verify(token)).isInstanceOf(Verified.class);
    world.clock.advance(Duration.ofSeconds(629));
    assertThat(world.verify(token)).isInstanceOf(Verified.class);
    world.clock.advance(Duration.ofSeconds(1));
    Refused expired = new Refused(Reason.EXPIRED, "main", "", "user-17");
    assertThat(world.verify(token)).isEqualTo(expired);
    assertThat(world.verify(token)).isEqualTo(expired);
  }

  @Test
  void aTokenThatEndsLikeARememberedOneIsAnother() throws Exception {
    String token = Tokens.by("RS256", Keys.RSA, "k1");
    assertThat(world.verify(token)).isInstanceOf(Verified.class);
    String admin = Forge.base64("{" + Tokens.replacing("sub", "\"admin\"") + "}");
    String forged =
        token.substring(0, token.indexOf('.') + 1)
            + admin
            + token.substring(token.lastIndexOf('.'));
    assertThat(world.verify(forged)).isEqualTo(WRONG_KEY);
  }

  @Test
  void issuersWhoseKeysNeverCameAreNamed() throws Exception {
    source.answers(302, ONE);
    try (VerifierWorld down =
        new VerifierWorld(
            new IssuerSettings().with(new KeySource.Remote(source.url())),
            new IssuerSettings()
                .named("file", "https://file.example.com")
                .with(new KeySource.Local(Path.of("keys.json"), "{}")))) {
      assertThat(down.verifier.issuersWithoutKeys()).containsExactlyInAnyOrder("main", "file");
      assertThat(down.verify(Tokens.by("RS256", Keys.RSA, "k1")))
          .isEqualTo(new Undecided("main", "no keys of the issuer main"));
      assertThat(down.verify("a.b")).isEqualTo(new Refused(Reason.MALFORMED, "unknown"));
    }
  }

  @Test
  void whatNeedsNoKeyIsAnsweredBeforeVerifyReturns() throws Exception {
    String token = Tokens.by("RS256", Keys.RSA, "k1");
    List<Verification> found = new ArrayList<>();
    world
        .loop
        .submit(
            () -> {
              world.verifier.verify(Presented.bearer(token), world.loop, found::add);
              world.verifier.verify(Presented.bearer(token), world.loop, found::add);
              assertThat(found).hasSize(2);
            })
        .get(10, TimeUnit.SECONDS);
    assertThat(found.getFirst()).isSameAs(found.getLast());
  }
}
