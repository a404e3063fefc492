package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.discreet.identity.Verification.Refused;
import dev.discreet.identity.Verification.Verified;
import java.util.Locale;
import java.util.stream.Stream;
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

  @SuppressWarnings("NullAway.Init")
  private VerifierWorld world;

  @BeforeAll
  void start() throws Exception {
    world = new VerifierWorld(new IssuerSettings().with(Keys.file(Keys.rsaJwk("k1", Keys.RSA))));
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
    String merelyExpired = reason == Reason.EXPIRED ? "user-17" : null;
    assertThat(world.verify(Tokens.claiming(Tokens.replacing(claim, value))))
        .isEqualTo(new Refused(reason, "main", "", merelyExpired));
  }

  /** Whose token it is counts only where nothing but its end is amiss. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aud|\"https://other.example\"",
        "nbf|9e12",
        "iat|9e12",
        "iat|\"1\"",
        "sub|17",
        "sub|\"\"",
      })
  void isNotMerelyExpired(String claim, String value) throws Exception {
    String claims = Tokens.replacing(claim, value).replaceAll("\"exp\":[0-9]+", "\"exp\":1");
    assertThat(world.verify(Tokens.claiming(claims)))
        .isEqualTo(new Refused(Reason.EXPIRED, "main"));
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
    assertThat(world.verify(Tokens.typed(type, Tokens.good()))).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "JOSE", "application/jwt", "id+jwt", "dpop+jwt", "logout+jwt", "JWT "})
  void typesThatAreNot(String type) throws Exception {
    assertThat(world.verify(Tokens.typed(type, Tokens.good())))
        .isEqualTo(new Refused(Reason.WRONG_TYPE, "main"));
  }

  @Test
  void theFirstReasonThatAppliesIsGiven() throws Exception {
    String claims = "\"iss\":\"" + IssuerSettings.ISS + "\"";
    assertReason(Tokens.typed("bad", claims + ",\"exp\":1,\"nbf\":9e12"), Reason.WRONG_TYPE);
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
}
