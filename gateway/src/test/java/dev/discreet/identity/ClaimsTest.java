package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.discreet.config.IssuerConfig.KeySource;
import dev.discreet.identity.Verification.Refused;
import dev.discreet.identity.Verification.Verified;
import dev.discreet.policy.AuthenticationEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a well-signed token must say, and the first reason where it doesn't (SPEC §3, §4). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClaimsTest {
  private static final long NOW = ManualClock.SECOND;
  private static final String STRICT = "https://strict.example.com";

  @SuppressWarnings("NullAway.Init")
  private VerifierWorld world;

  @BeforeAll
  void start() throws Exception {
    KeySource keys = Keys.file(Keys.rsaJwk("k1", Keys.RSA));
    world =
        new VerifierWorld(
            new IssuerSettings().with(keys),
            new IssuerSettings()
                .named("strict", STRICT)
                .accessTokensOnly()
                .audienceFrom("/client/id")
                .require("token_use", "access")
                .maxLifetime(Duration.ofMinutes(10))
                .with(keys));
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"issuers"})
  void isOfWrongIssuer(String name, String value) throws Exception {
    assertThat(world.verify(Tokens.claiming(Tokens.replacing("iss", value))))
        .isEqualTo(new Refused(Reason.WRONG_ISSUER, "unknown"));
  }

  static Stream<Arguments> issuers() {
    String iss = IssuerSettings.ISS;
    return Stream.of(
        arguments("missing", ""),
        arguments("null", "null"),
        arguments("empty", "\"\""),
        arguments("number", "1"),
        arguments("array", "[\"" + iss + "\"]"),
        arguments("object", "{\"iss\":\"" + iss + "\"}"),
        arguments("prefix", "\"" + iss.substring(0, iss.length() - 1) + "\""),
        arguments("longer", "\"" + iss + "/\""),
        arguments("with a NUL", "\"" + iss + "\\u0000\""),
        arguments("another case", "\"" + iss.replace("id.", "ID.") + "\""),
        arguments("with space", "\" " + iss + "\""),
        arguments("name of the configuration", "\"main\""));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource({"times", "subjects", "audiences"})
  void isRefused(String claim, String value, Reason reason) throws Exception {
    assertThat(world.verify(Tokens.claiming(Tokens.replacing(claim, value))))
        .isEqualTo(new Refused(reason, "main"));
  }

  static Stream<Arguments> times() {
    Stream<Arguments> forms =
        Stream.of("exp", "nbf", "iat")
            .flatMap(
                claim ->
                    Stream.of(
                            "\"" + NOW + "\"",
                            "null",
                            "true",
                            "[" + NOW + "]",
                            "{}",
                            "1e999",
                            "1e99999999999",
                            "\"NaN\"",
                            "\"\"")
                        .map(value -> arguments(claim, value, Reason.MISSING_CLAIM)));
    Stream<Arguments> moments =
        Stream.of(
            arguments("exp", "", Reason.MISSING_CLAIM),
            arguments("exp", String.valueOf(NOW - 30), Reason.EXPIRED),
            arguments("exp", String.valueOf(NOW - 31), Reason.EXPIRED),
            arguments("exp", "0", Reason.EXPIRED),
            arguments("exp", "-1", Reason.EXPIRED),
            arguments("exp", "-1e300", Reason.EXPIRED),
            arguments("exp", "1e-999", Reason.EXPIRED),
            arguments("exp", NOW - 31 + ".5", Reason.EXPIRED),
            arguments("nbf", String.valueOf(NOW + 31), Reason.NOT_YET_VALID),
            arguments("nbf", NOW + 30 + ".5", Reason.NOT_YET_VALID),
            arguments("nbf", "1e300", Reason.NOT_YET_VALID),
            arguments("iat", String.valueOf(NOW + 31), Reason.NOT_YET_VALID),
            arguments("iat", NOW * 1000 + "", Reason.NOT_YET_VALID));
    return Stream.concat(forms, moments);
  }

  static Stream<Arguments> subjects() {
    return Stream.of(
            "",
            "\"\"",
            "null",
            "17",
            "[\"user-17\"]",
            "{}",
            "true",
            "\"a\\u0000\"",
            "\"a\\nb\"",
            "\"\\u001f\"",
            "\"\\u007f\"",
            "\"\\u0085\"",
            "\"a\\u009f\"")
        .map(value -> arguments("sub", value, Reason.MISSING_CLAIM));
  }

  static Stream<Arguments> audiences() {
    String audience = IssuerSettings.AUDIENCE;
    return Stream.of(
            "",
            "null",
            "\"\"",
            "1",
            "{}",
            "[]",
            "[null]",
            "[1]",
            "\"" + audience + "/\"",
            "\"" + audience.substring(1) + "\"",
            "\"" + audience.toUpperCase(Locale.ROOT) + "\"",
            "\"other " + audience + "\"",
            "[[\"" + audience + "\"]]",
            "{\"aud\":\"" + audience + "\"}",
            "[\"other\"]")
        .map(value -> arguments("aud", value, Reason.WRONG_AUDIENCE));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("boundaries")
  void isValid(String claim, String value) throws Exception {
    assertThat(world.verify(Tokens.claiming(Tokens.replacing(claim, value))))
        .isInstanceOf(Verified.class);
  }

  static Stream<Arguments> boundaries() {
    return Stream.of(
        arguments("exp", String.valueOf(NOW - 29)),
        arguments("exp", NOW + ".25"),
        arguments("exp", "1.9e9"),
        arguments("exp", "1e300"),
        arguments("nbf", String.valueOf(NOW + 30)),
        arguments("nbf", "1e-999"),
        arguments("iat", String.valueOf(NOW + 30)),
        arguments("iat", "-5"),
        arguments("aud", "[\"other\",\"" + IssuerSettings.AUDIENCE + "\"]"),
        arguments("aud", "[1,null,\"" + IssuerSettings.AUDIENCE + "\"]"),
        arguments("sub", "\"J\\u00f6rg \\ud83d\\ude00 / ../\""),
        arguments("scope", "7"),
        arguments("groups", "{\"a\":1}"),
        arguments("x", "1e99999999999"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "nbf", "iat", "x"})
  @Timeout(2)
  void anExponentInTheMillionsCostsNothing(String claim) throws Exception {
    for (String number : new String[] {"1e-2147483000", "1e2147483000", "-1e-999999999"}) {
      String token = Tokens.claiming(Tokens.replacing(claim, number));
      assertThat(world.verify(token) instanceof Verified).isEqualTo(claim.equals("x"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "Jwt", "at+jwt", "AT+JWT", "application/at+jwt"})
  void typesThatAreAccepted(String type) throws Exception {
    assertThat(world.verify(typed(type, Tokens.good()))).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "JOSE", "application/jwt", "id+jwt", "dpop+jwt", "logout+jwt", "JWT "})
  void typesThatAreNot(String type) throws Exception {
    assertThat(world.verify(typed(type, Tokens.good())))
        .isEqualTo(new Refused(Reason.WRONG_TYPE, "main"));
  }

  @Test
  void theFirstReasonThatAppliesIsGiven() throws Exception {
    String claims = "\"iss\":\"" + IssuerSettings.ISS + "\"";
    assertReason(typed("bad", claims + ",\"exp\":1,\"nbf\":9e12"), Reason.WRONG_TYPE);
    assertReason(Tokens.claiming(claims + ",\"exp\":1,\"nbf\":9e12"), Reason.EXPIRED);
    assertReason(Tokens.claiming(claims + ",\"exp\":\"x\",\"nbf\":9e12"), Reason.NOT_YET_VALID);
    assertReason(Tokens.claiming(claims + ",\"exp\":\"x\",\"iat\":9e12"), Reason.NOT_YET_VALID);
    assertReason(Tokens.claiming(claims), Reason.WRONG_AUDIENCE);
    assertReason(Tokens.claiming(Tokens.replacing("exp", "")), Reason.MISSING_CLAIM);
    String forged = "{\"alg\":\"none\",\"typ\":\"bad\"}";
    assertReason(Tokens.of(forged, claims + ",\"exp\":1"), Reason.WRONG_SIGNATURE);
  }

  private void assertReason(String token, Reason reason) throws Exception {
    assertThat(world.verify(token)).isEqualTo(new Refused(reason, "main"));
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
        arguments("all of it", typed("at+jwt", all), "valid"),
        arguments("long type", typed("application/AT+JWT", all), "valid"),
        arguments("JWT", typed("JWT", all), "WRONG_TYPE"),
        arguments("no type", Tokens.claiming(all), "WRONG_TYPE"),
        arguments(
            "aud instead",
            typed("at+jwt", base + use + times + ",\"aud\":\"" + IssuerSettings.AUDIENCE + "\""),
            "WRONG_AUDIENCE"),
        arguments("no token_use", typed("at+jwt", base + client + times), "MISSING_CLAIM"),
        arguments(
            "another token_use",
            typed("at+jwt", base + client + times + ",\"token_use\":\"id\""),
            "MISSING_CLAIM"),
        arguments(
            "token_use a list",
            typed("at+jwt", base + client + times + ",\"token_use\":[\"access\"]"),
            "MISSING_CLAIM"),
        arguments(
            "no iat",
            typed("at+jwt", base + client + use + ",\"exp\":" + (NOW + 600)),
            "MISSING_CLAIM"),
        arguments(
            "a second too long",
            typed("at+jwt", base + client + use + ",\"iat\":" + NOW + ",\"exp\":" + (NOW + 601)),
            "MISSING_CLAIM"));
  }

  @Test
  void theCallerIsWhatTheTokenSays() throws Exception {
    String claims =
        Tokens.good()
            + ",\"scope\":\"  a:read   b * \",\"realm_access\":{\"roles\":[\"c d\",7,null]}"
            + ",\"groups\":\"two words\",\"org\":{\"id\":\"acme\"}";
    Verified found = (Verified) world.verify(Tokens.claiming(claims));
    assertThat(found.caller().issuer()).isEqualTo("main");
    assertThat(found.caller().subject()).isEqualTo("user-17");
    assertThat(found.caller().permissions()).containsExactlyInAnyOrder("a:read", "b", "*", "c d");
    assertThat(found.caller().groups()).containsExactly("two words");
    assertThat(found.caller().claims().segments("account")).containsExactly("acme");
    assertThat(found.expires()).isEqualTo(Instant.ofEpochSecond(NOW + 630));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "\"acr\":\"gold\",\"auth_time\":1500|gold|1500",
        "\"acr\":\"\",\"auth_time\":1500.9|''|1500",
        "\"acr\":1,\"auth_time\":\"1500\"|none|none",
        "\"acr\":[\"gold\"],\"auth_time\":[1500]|none|none",
        "\"acr\":null,\"auth_time\":1e400|none|none",
        "\"auth_time\":1e300|none|none",
        "\"auth_time\":-1e300|none|none",
        "\"auth_time\":1e-999999999|none|none",
        "\"auth_time\":-5|none|-5",
        "\"x\":1|none|none"
      })
  void howTheSubjectAuthenticatedIsWhatTheTokenSays(
      String claims, @Nullable String acr, @Nullable Long time) throws Exception {
    Verified found = (Verified) world.verify(Tokens.claiming(Tokens.good() + "," + claims));
    assertThat(found.caller().authentication())
        .isEqualTo(
            new AuthenticationEvent(
                acr, time == null ? null : Instant.ofEpochSecond(time), Duration.ofSeconds(30)));
  }

  private static String typed(String type, String claims) {
    return Tokens.of("{\"alg\":\"RS256\",\"kid\":\"k1\",\"typ\":\"" + type + "\"}", claims);
  }
}
