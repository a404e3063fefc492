package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.discreet.identity.Verification.Refused;
import dev.discreet.identity.Verification.Verified;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Issuers of whose tokens more is asked than by default. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictIssuerTest {
  private static final long NOW = ManualClock.SECOND;
  private static final String STRICT = "https://strict.example.com";

  @SuppressWarnings("NullAway.Init")
  private VerifierWorld world;

  @BeforeAll
  void start() throws Exception {
    world =
        new VerifierWorld(
            new IssuerSettings()
                .named("strict", STRICT)
                .accessTokensOnly()
                .audienceFrom("/client/id")
                .require("token_use", "access")
                .maxLifetime(Duration.ofMinutes(10))
                .with(Keys.file(Keys.rsaJwk("k1", Keys.RSA))));
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @ParameterizedTest(name = "{0} is {2}")
  @MethodSource("strict")
  void anIssuerMayAskForMore(String name, String token, String expected) throws Exception {
    Verification found = world.verify(token);
    if (expected.equals("valid")) {
      assertThat(found).as(name).isInstanceOf(Verified.class);
    } else {
      assertThat(found).as(name).isEqualTo(new Refused(Reason.valueOf(expected), "strict"));
    }
  }

  static Stream<Arguments> strict() {
    String client = ",\"client\":{\"id\":\"" + IssuerSettings.AUDIENCE + "\"}";
    String use = ",\"token_use\":\"access\"";
    String times = ",\"iat\":" + NOW + ",\"exp\":" + (NOW + 600);
    String base = "\"iss\":\"" + STRICT + "\",\"sub\":\"s\"";
    String all = base + client + use + times;
    return Stream.of(
        arguments("all of it", Tokens.typed("at+jwt", all), "valid"),
        arguments("long type", Tokens.typed("application/AT+JWT", all), "valid"),
        arguments("JWT", Tokens.typed("JWT", all), "WRONG_TYPE"),
        arguments("no type", Tokens.claiming(all), "WRONG_TYPE"),
        arguments(
            "aud instead",
            Tokens.typed(
                "at+jwt", base + use + times + ",\"aud\":\"" + IssuerSettings.AUDIENCE + "\""),
            "WRONG_AUDIENCE"),
        arguments("no token_use", Tokens.typed("at+jwt", base + client + times), "MISSING_CLAIM"),
        arguments(
            "another token_use",
            Tokens.typed("at+jwt", base + client + times + ",\"token_use\":\"id\""),
            "MISSING_CLAIM"),
        arguments(
            "token_use a list",
            Tokens.typed("at+jwt", base + client + times + ",\"token_use\":[\"access\"]"),
            "MISSING_CLAIM"),
        arguments(
            "no iat",
            Tokens.typed("at+jwt", base + client + use + ",\"exp\":" + (NOW + 600)),
            "MISSING_CLAIM"),
        arguments(
            "a second too long",
            Tokens.typed(
                "at+jwt", base + client + use + ",\"iat\":" + NOW + ",\"exp\":" + (NOW + 601)),
            "MISSING_CLAIM"));
  }
}
