package dev.discreet.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.discreet.identity.Forge;
import dev.discreet.identity.Keys;
import dev.discreet.testing.LogLines;
import dev.discreet.testing.RawClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each attack is 401 with the reason that SPEC §3 names, on a public route too; nothing reaches the
 * API, nothing the attacker's server, and no part of the token the logs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenAttacksTest {
  /** What is shorter than this may stand in a line of the log by chance. */
  private static final int TELLING = 12;

  /** All that the gateway and its libraries would ever say, whatever the level. */
  private final LogLines messages = LogLines.of(Logger.ROOT_LOGGER_NAME, Level.TRACE);

  /** Another test may have left a level of its own here. */
  private final LogLines own = LogLines.of("dev.discreet", Level.TRACE);

  private final List<String> sent = new ArrayList<>();
  private final AttackWorld world;

  TokenAttacksTest() throws IOException {
    world = new AttackWorld();
  }

  @AfterAll
  void noPartOfATokenWasLogged() throws IOException {
    world.close();
    LoggerFactory.getLogger("dev.discreet.identity").trace("heard here");
    LoggerFactory.getLogger("io.netty").trace("heard there");
    own.close();
    messages.close();
    assertThat(messages.lines()).contains("TRACE heard here", "TRACE heard there");
    String log = world.gateway().log() + String.join("\n", messages.lines());
    assertThat(sent).hasSizeGreaterThan(300);
    assertThat(sent)
        .flatExtracting(TokenAttacksTest::tellingParts)
        .filteredOn(log::contains)
        .isEmpty();
  }

  private static List<String> tellingParts(String token) {
    return Arrays.stream(token.split("\\.", -1)).filter(part -> part.length() >= TELLING).toList();
  }

  private Answer call(String target, String token) throws IOException {
    sent.add(token);
    return world.gateway().call("GET", target, "Authorization: Bearer " + token);
  }

  @TestFactory
  List<DynamicTest> everyAttackIsRefusedAndReachesNobody() {
    List<Attack> attacks = new ArrayList<>();
    attacks.addAll(AlgorithmAttacks.all());
    attacks.addAll(KeyAttacks.all(world.attacker().url()));
    attacks.addAll(SignatureAttacks.all());
    attacks.addAll(EncodingAttacks.all());
    attacks.addAll(JsonAttacks.all());
    attacks.addAll(ClaimAttacks.all());
    assertThat(attacks).extracting(Attack::token).doesNotHaveDuplicates();
    assertThat(attacks).extracting(Attack::name).doesNotHaveDuplicates();
    return attacks.stream()
        .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> check(attack)))
        .toList();
  }

  private void check(Attack attack) throws IOException {
    for (String target : List.of(AttackWorld.PUBLIC, AttackWorld.PRIVATE)) {
      Answer answer = call(target, attack.token());
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.value("www-authenticate"))
          .isEqualTo(
              "Bearer realm=\"api\", error=\"invalid_token\", error_description=\""
                  + attack.reason()
                  + '"');
      String line = world.gateway().logged(answer.value("x-request-id"));
      for (String part : tellingParts(attack.token())) {
        assertThat(line).doesNotContain(part);
        assertThat(answer.body()).doesNotContain(part);
      }
    }
    assertThat(world.api().heads()).isZero();
    assertThat(world.attacker().accepted()).isZero();
  }

  /** Else the refusals would prove nothing. */
  @ParameterizedTest
  @MethodSource
  void whatIsOddAndYetValidPasses(String token) throws IOException {
    assertThat(call(AttackWorld.PRIVATE, token).status()).isEqualTo(200);
    world.api().forget();
  }

  static List<String> whatIsOddAndYetValidPasses() {
    long now = Forgery.NOW;
    return List.of(
        Forgery.good(),
        Forgery.headed("{\"alg\":\"RS256\"}"),
        Forgery.by("PS256", Keys.RSA, "ps256"),
        Forgery.by("RS256", AttackWorld.EXPONENT_3, "e3"),
        Forgery.by("ES256", Keys.P256, "p256"),
        Forgery.by("ES384", Keys.P384, "p384"),
        Forgery.by("EdDSA", Keys.ED25519, "ed"),
        Forgery.by("Ed25519", Keys.ED25519, "ed"),
        Forgery.headed(Forgery.headerWith("\"typ\":\"At+JWT\"")),
        Forgery.headed(Forgery.headerWith("\"typ\":\"application/at+jwt\"")),
        Forgery.of(
            Forgery.headerWith("\"typ\":\"at+jwt\""),
            Forgery.claims("iss", '"' + Forgery.STRICT + '"')),
        // Its own key, wherever the header says that another could be had.
        Forgery.headed(Forgery.headerWith("\"jku\":\"https://evil.example/jwks\"")),
        Forgery.claimed(Forgery.claims("exp", (now + 600) + ".5")),
        Forgery.claimed(Forgery.claims("exp", String.valueOf(now - 5))),
        Forgery.claimed(Forgery.claims("nbf", "-1")),
        Forgery.claimed(Forgery.claims("aud", "[\"x\",\"tests\"]")),
        Forgery.claimed(Forgery.claims("n", "{\"a\":1,\"a\":2}")),
        Forgery.claimed(Forgery.claims("n", "[".repeat(31) + "]".repeat(31))),
        Forgery.claimed(Forgery.claims("n", "\"\\ud83d\\ude00\"")));
  }

  @ParameterizedTest
  @MethodSource
  void whatCouldBeReadAsTwoCredentialsIsNoRequest(List<String> fields) throws IOException {
    Answer answer = world.gateway().call("GET", "/public", fields.toArray(String[]::new));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(world.api().heads()).isZero();
  }

  static List<List<String>> whatCouldBeReadAsTwoCredentialsIsNoRequest() {
    String bearer = "Authorization: Bearer " + Forgery.good();
    return List.of(
        List.of(bearer, bearer),
        List.of(bearer, "Authorization: Basic YTpi"),
        List.of(bearer + ", Bearer " + Forgery.good()),
        List.of(bearer + ","),
        List.of("Authorization: Bearer {\"payload\":\"e30\",\"signature\":\"e30\"}"),
        List.of(bearer + "\0"));
  }

  @Test
  void aKeyThatLeftTheSetSignsNoMoreNorDidIt() throws IOException {
    try (AttackWorld own = new AttackWorld()) {
      String seen = "Authorization: Bearer " + Forgery.good();
      String unseen = "Authorization: Bearer " + Forgery.claimed(Forgery.claims("x", "1"));
      String kept = "Authorization: Bearer " + Forgery.by("ES256", Keys.P256, "p256");
      assertThat(own.gateway().call("GET", "/private", seen).status()).isEqualTo(200);
      own.retire();
      for (String bearer : List.of(seen, unseen)) {
        Answer answer = own.gateway().call("GET", "/private", bearer);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.value("www-authenticate"))
            .endsWith("error_description=\"" + Attack.WRONG_KEY + '"');
      }
      assertThat(own.gateway().call("GET", "/private", kept).status()).isEqualTo(200);
    }
  }

  /** The key of one issuer verifies its own tokens, under the name that another's has too. */
  @Test
  void theSameKidOfTwoIssuersIsTwoKeys() throws IOException {
    String claims = Forgery.with(Map.of("iss", '"' + Forgery.OTHER + '"', "aud", "\"others\""));
    String token =
        Forge.token("RS256", Keys.OTHER_RSA.getPrivate(), Forgery.header("RS256", "k1"), claims);
    assertThat(call(AttackWorld.PRIVATE, token).status()).isEqualTo(200);
    world.api().forget();
  }
}
