package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.IssuerConfig;
import dev.discreet.config.IssuerConfig.Introspection;
import dev.discreet.identity.Verification.Refused;
import dev.discreet.identity.Verification.Undecided;
import dev.discreet.identity.Verification.Verified;
import dev.discreet.testing.Eventually;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that only their issuer can read. */
class IntrospectorTest {
  private static final String PATH = "/introspect";
  private static final String GOOD =
      "\"active\":true,\"sub\":\"user-17\",\"aud\":\"https://api.example.com\",\"scope\":\"a b\"";

  @SuppressWarnings("NullAway.Init")
  private Provider provider;

  @SuppressWarnings("NullAway.Init")
  private VerifierWorld world;

  @BeforeEach
  void start() throws Exception {
    provider = new Provider();
    provider.says(PATH, "{" + GOOD + "}");
    world = new VerifierWorld(issuer(Duration.ofSeconds(30), true));
  }

  @AfterEach
  void stop() {
    world.close();
    provider.close();
  }

  private IssuerConfig issuer(Duration cache, boolean requireAudience) {
    return new IssuerSettings().opaque(introspection(cache, requireAudience));
  }

  private Introspection introspection(Duration cache, boolean requireAudience) {
    return new Introspection(
        URI.create(provider.url(PATH)),
        "gate way",
        "s3:cret",
        cache,
        Duration.ofMillis(700),
        requireAudience);
  }

  private static Refused refused(Reason reason) {
    return new Refused(reason, "main", "", reason == Reason.EXPIRED ? "user-17" : null);
  }

  @Test
  void asksAsTheStandardSays() throws Exception {
    assertThat(world.verify("abc-._~+/=="))
        .isInstanceOfSatisfying(
            Verified.class,
            found -> {
              assertThat(found.caller().subject()).isEqualTo("user-17");
              assertThat(found.caller().permissions()).containsExactlyInAnyOrder("a", "b");
            });
    assertThat(provider.requests())
        .singleElement()
        .asString()
        .startsWith("POST " + PATH + " Basic Z2F0ZSt3YXk6czMlM0FjcmV0 ")
        .contains("token=abc-._%7E%2B%2F%3D%3D")
        .contains("token_type_hint=access_token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"active\":false|WRONG_SIGNATURE",
        "\"active\":true,\"aud\":\"https://api.example.com\"|MISSING_CLAIM",
        "\"active\":true,\"sub\":\"a\"|WRONG_AUDIENCE",
        "\"active\":true,\"sub\":\"a\",\"aud\":\"other\"|WRONG_AUDIENCE",
        "GOOD,\"exp\":1000|EXPIRED",
        "GOOD,\"exp\":\"never\"|MISSING_CLAIM",
        "GOOD,\"nbf\":99999999999|NOT_YET_VALID",
        "GOOD,\"iss\":\"https://another.example.com\"|WRONG_ISSUER"
      })
  void refusesWhatIsNotValid(String said, Reason reason) throws Exception {
    provider.says(PATH, "{" + said.replace("GOOD", GOOD) + "}");
    assertThat(world.verify("opaque")).isEqualTo(refused(reason));
    assertThat(world.verify("opaque")).as("remembered").isEqualTo(refused(reason));
    assertThat(provider.requests()).hasSize(1);
  }

  @Test
  void whatTheIssuerBindsToAKeyIsProvenEachTime() throws Exception {
    world.close();
    world =
        new VerifierWorld(
            new IssuerSettings()
                .binding(IssuerConfig.Demand.OPTIONAL, IssuerConfig.Demand.OPTIONAL)
                .opaque(introspection(Duration.ofSeconds(30), true)));
    String cnf = ",\"cnf\":{\"jkt\":\"" + Proof.thumbprint(Proof.KEY) + "\"}";
    provider.says(PATH, "{" + GOOD + cnf + "}");
    for (int i = 0; i < 2; i++) {
      Presented proven = Proof.of("opaque").presenting("opaque");
      assertThat(world.verify(proven)).isInstanceOf(Verified.class);
      assertThat(world.verify(proven)).as("sent again").isInstanceOf(Refused.class);
      assertThat(world.verify("opaque"))
          .as("as a bearer token")
          .isEqualTo(
              new Refused(
                  Reason.WRONG_SIGNATURE,
                  "main",
                  "it is bound to a key, and did not come behind DPoP"));
    }
    assertThat(provider.requests()).hasSize(1);
    provider.says(PATH, "{" + GOOD + cnf + ",\"exp\":1000}");
    assertThat(world.verify("other"))
        .as("not proven comes before expired")
        .isInstanceOfSatisfying(
            Refused.class, found -> assertThat(found.reason()).isEqualTo(Reason.WRONG_SIGNATURE));
    assertThat(world.verify(Proof.of("other").presenting("other")))
        .isEqualTo(refused(Reason.EXPIRED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"active\":\"true\"}", "{\"active\":true", "<html>"})
  void anAnswerThatSaysNothingIsNone(String said) throws Exception {
    provider.says(PATH, said);
    assertThat(world.verify("opaque")).isInstanceOf(Undecided.class);
    provider.says(PATH, "{" + GOOD + "}");
    assertThat(world.verify("opaque")).as("not remembered").isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 401, 403, 500, 503})
  void norIsAnErrorOfTheProvider(int status) throws Exception {
    provider.answersWith(status);
    assertThat(world.verify("opaque"))
        .isInstanceOfSatisfying(
            Undecided.class, found -> assertThat(found.why()).contains("answered " + status));
    assertThat(world.counted("main", "unavailable")).isEqualTo(1);
  }

  @Test
  void aProviderThatHangsIsNotWaitedForLong() throws Exception {
    provider.holds();
    assertThat(world.verify("opaque"))
        .isInstanceOfSatisfying(
            Undecided.class, found -> assertThat(found.why()).contains("no answer in time"));
    provider.goesOn();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a,b", "ä", "=", "a=b", "a\"b"})
  void whatIsNoTokenIsNotAskedFor(String text) throws Exception {
    assertThat(world.verify(text)).isEqualTo(new Refused(Reason.MALFORMED, "unknown"));
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void norIsWhatIsTooLongOrAJwt() throws Exception {
    String long1 = "a".repeat(VerifierWorld.TOKEN_LIMIT + 1);
    assertThat(world.verify(long1)).isEqualTo(new Refused(Reason.MALFORMED, "unknown"));
    assertThat(world.verify("a..b")).isEqualTo(new Refused(Reason.MALFORMED, "unknown"));
    assertThat(world.verify("a.b.c")).isEqualTo(new Refused(Reason.MALFORMED, "unknown"));
    assertThat(world.verify(Tokens.claiming(Tokens.good())))
        .isEqualTo(new Refused(Reason.WRONG_ISSUER, "unknown"));
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void oneQuestionServesAllWhoAskAtOnce() throws Exception {
    provider.holds();
    List<CompletableFuture<Verification>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(world.begin("opaque"));
    }
    Eventually.holds("the provider is asked", () -> !provider.requests().isEmpty());
    provider.goesOn();
    for (CompletableFuture<Verification> each : all) {
      assertThat(each.get(10, TimeUnit.SECONDS)).isInstanceOf(Verified.class);
    }
    assertThat(provider.requests()).hasSize(1);
  }

  @Test
  void moreThanSixtyFourAtOnceAreTold503() throws Exception {
    provider.holds();
    for (int i = 0; i < 64; i++) {
      var _ = world.begin("opaque-" + i);
    }
    assertThat(world.verify("one-more"))
        .isInstanceOfSatisfying(
            Undecided.class, found -> assertThat(found.why()).contains("more than 64"));
    provider.goesOn();
  }

  @Test
  void anAnswerIsRememberedForItsTimeAlone() throws Exception {
    provider.says(PATH, "{" + GOOD + ",\"exp\":" + (ManualClock.SECOND + 10) + "}");
    assertThat(world.verify("opaque")).isInstanceOf(Verified.class);
    world.clock.advance(Duration.ofSeconds(29));
    assertThat(world.verify("opaque")).isInstanceOf(Verified.class);
    assertThat(provider.requests()).hasSize(1);
    assertThat(world.counted("main", "cached")).isEqualTo(1);
    provider.says(PATH, "{\"active\":false}");
    world.clock.advance(Duration.ofSeconds(2));
    assertThat(world.verify("opaque")).isEqualTo(refused(Reason.WRONG_SIGNATURE));
  }

  @Test
  void anAudienceMayBeMissingWhereItIsNotRequired() throws Exception {
    provider.says(PATH, "{\"active\":true,\"sub\":\"a\"}");
    try (VerifierWorld lenient = new VerifierWorld(issuer(Duration.ZERO, false))) {
      assertThat(lenient.verify("opaque")).isInstanceOf(Verified.class);
      provider.says(PATH, "{\"active\":true,\"sub\":\"a\",\"aud\":[\"other\"]}");
      assertThat(lenient.verify("opaque"))
          .as("not remembered")
          .isEqualTo(refused(Reason.WRONG_AUDIENCE));
    }
  }
}
