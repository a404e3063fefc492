package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What two programs could read differently is malformed, signed or not (SPEC §4, Tokens). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedTokenTest {
  private static final String H = Forge.base64(Tokens.HEADER);
  private static final String C = Forge.base64("{" + Tokens.good() + "}");

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

  @Test
  void theGoodOneIsValid() throws Exception {
    assertThat(world.verify(signed(H, C))).isInstanceOf(Verification.Verified.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"parts", "encodings", "headers", "claims"})
  void isMalformed(String name, String token) throws Exception {
    assertThat(world.verify(token))
        .as(name)
        .isEqualTo(new Verification.Refused(Reason.MALFORMED, "unknown"));
  }

  static Stream<Arguments> parts() {
    String good = signed(H, C);
    String signature = good.substring(good.lastIndexOf('.') + 1);
    return Stream.of(
        arguments("nothing", ""),
        arguments("one part", H),
        arguments("two parts", H + "." + C),
        arguments("four parts", good + "." + H),
        arguments("five parts, as of a JWE", good + ".a.b"),
        arguments("dots alone", ".."),
        arguments("empty header", "." + C + "." + signature),
        arguments("empty claims", H + ".." + signature),
        arguments("empty signature", H + "." + C + "."),
        arguments("leading dot", "." + good),
        arguments("trailing dot", good + "."),
        arguments("too long", tooLong()));
  }

  private static String tooLong() {
    String padding = ",\"x\":\"" + "a".repeat(VerifierWorld.TOKEN_LIMIT) + "\"";
    return Tokens.claiming(Tokens.good() + padding);
  }

  static Stream<Arguments> encodings() {
    String good = signed(H, C);
    String otherBits = Forge.base64(Tokens.HEADER + "  ");
    assertThat(otherBits.length() % 4).isNotZero();
    char last = otherBits.charAt(otherBits.length() - 1);
    String nonCanonical = otherBits.substring(0, otherBits.length() - 1) + (char) (last + 1);
    return Stream.of(
        arguments("padding of the header", signed(Forge.base64(Tokens.HEADER + "  ") + "==", C)),
        arguments("padding of the signature", good + "=="),
        arguments("bits left over", signed(nonCanonical, C)),
        arguments("space inside", signed(H + " ", C)),
        arguments("line break", good + "\n"),
        arguments("leading tab", "\t" + good),
        arguments("plus of the other alphabet", signed("+" + H.substring(1), C)),
        arguments("slash of the other alphabet", signed("/" + H.substring(1), C)),
        arguments("a length that no octets have", signed("AAAAA", C)),
        arguments("not ASCII", signed(H, C + "\u00e9")),
        arguments("a wide character that ends like a letter", "\u0165" + good.substring(1)),
        arguments("NUL", good + "\0"));
  }

  static Stream<Arguments> headers() {
    return Stream.of(
            "null",
            "[]",
            "\"RS256\"",
            "{",
            "{}",
            "{\"alg\":null}",
            "{\"alg\":256}",
            "{\"alg\":[\"RS256\"]}",
            "{\"Alg\":\"RS256\"}",
            "{\"alg\":\"none\",\"alg\":\"RS256\"}",
            "{\"alg\":\"RS256\",\"\\u0061lg\":\"none\"}",
            "{\"alg\":\"RS256\",\"x\":{\"a\":1,\"a\":2}}",
            "{\"alg\":\"RS256\",\"x\":[{\"a\":1,\"a\":2}]}",
            "{\"alg\":\"RS256\",\"kid\":1}",
            "{\"alg\":\"RS256\",\"kid\":null}",
            "{\"alg\":\"RS256\",\"kid\":[\"k1\"]}",
            "{\"alg\":\"RS256\",\"typ\":1}",
            "{\"alg\":\"RS256\",\"crit\":[]}",
            "{\"alg\":\"RS256\",\"crit\":[\"exp\"],\"exp\":1}",
            "{\"alg\":\"RS256\",\"crit\":null}",
            "{\"alg\":\"RS256\",\"b64\":true}",
            "{\"alg\":\"RS256\",\"b64\":false,\"crit\":[\"b64\"]}",
            "{\"alg\":\"RS256\",}",
            "{\"alg\":\"RS256\"}{}",
            "{\"alg\":\"RS256\"} x",
            "{'alg':'RS256'}",
            "{alg:\"RS256\"}",
            "{\"alg\":\"RS256\"/**/}",
            "{\"alg\":\"RS256\",\"x\":NaN}",
            "{\"alg\":\"RS256\",\"x\":01}",
            "{\"alg\":\"RS256\",\"x\":\"\t\"}",
            "\uFEFF{\"alg\":\"RS256\"}")
        .map(header -> arguments("header " + header, Tokens.of(header, Tokens.good())));
  }

  static Stream<Arguments> claims() {
    String good = Tokens.good();
    return Stream.of(
        arguments("claims null", claims("null")),
        arguments("claims a list", claims("[{" + good + "}]")),
        arguments("claims cut", claims("{" + good)),
        arguments("claims twice", claims("{" + good + "}{" + good + "}")),
        arguments("claims and more", claims("{" + good + "} x")),
        arguments("byte-order mark", claims("\uFEFF{" + good + "}")),
        arguments("sub twice", Tokens.claiming(good + ",\"sub\":\"admin\"")),
        arguments("sub twice, escaped", Tokens.claiming(good + ",\"s\\u0075b\":\"admin\"")),
        arguments("exp twice, the same", Tokens.claiming(good + ",\"exp\":1,\"exp\":1")),
        arguments("exp NaN", Tokens.claiming(Tokens.replacing("exp", "NaN"))),
        arguments("exp Infinity", Tokens.claiming(Tokens.replacing("exp", "Infinity"))),
        arguments("exp +1", Tokens.claiming(Tokens.replacing("exp", "+1"))),
        arguments("exp 0x7fffffff", Tokens.claiming(Tokens.replacing("exp", "0x7fffffff"))),
        arguments("nested 33 deep", Tokens.claiming(good + ",\"x\":" + nested(32))),
        arguments("nested 3000 deep", Tokens.claiming(good + ",\"x\":" + nested(2000))),
        arguments("objects 33 deep", Tokens.claiming(good + ",\"x\":" + objects(32))),
        arguments("half a surrogate pair", Tokens.claiming(Tokens.replacing("sub", "\"\\ud800\""))),
        arguments("pair reversed", Tokens.claiming(good + ",\"x\":\"\\udc00\\ud800\"")),
        arguments("half in a name", Tokens.claiming(good + ",\"\\udfff\":1")),
        arguments("UTF-8 cut", invalid(0xc3)),
        arguments("UTF-8 overlong", invalid(0xc0, 0xaf)),
        arguments("UTF-8 surrogate", invalid(0xed, 0xa0, 0x80)),
        arguments("UTF-8 beyond Unicode", invalid(0xf5, 0x80, 0x80, 0x80)),
        arguments("latin-1", invalid(0xe9)),
        arguments("UTF-16", utf16()));
  }

  @Test
  void whatIsNestedAsDeepAsAllowedIsRead() throws Exception {
    String token = Tokens.claiming(Tokens.good() + ",\"x\":" + nested(31));
    assertThat(world.verify(token)).isInstanceOf(Verification.Verified.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\ud83d\\ude00\"", "1e99999999", "LONG"})
  void whatIsUnusualIsNoError(String value) throws Exception {
    String claim = value.equals("LONG") ? "1".repeat(3000) : value;
    assertThat(world.verify(Tokens.claiming(Tokens.good() + ",\"x\":" + claim)))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void belowTheTopAClaimMayStandTwice() throws Exception {
    String token = Tokens.claiming(Tokens.good() + ",\"x\":{\"a\":1,\"a\":2}");
    assertThat(world.verify(token)).isInstanceOf(Verification.Verified.class);
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  private static String objects(int levels) {
    return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
  }

  private static String claims(String json) {
    return signed(H, Forge.base64(json));
  }

  private static String invalid(int... octets) {
    byte[] text = ("{" + Tokens.good() + ",\"x\":\"????\"}").getBytes(StandardCharsets.UTF_8);
    byte[] part = Arrays.copyOf(text, text.length);
    for (int i = 0; i < octets.length; i++) {
      part[part.length - 6 + i] = (byte) octets[i];
    }
    return signed(H, Forge.base64(part));
  }

  private static String utf16() {
    byte[] text = ("{" + Tokens.good() + "}").getBytes(StandardCharsets.UTF_16BE);
    return signed(H, Forge.base64(text));
  }

  private static String signed(String header, String claims) {
    return Forge.sign("RS256", Keys.RSA.getPrivate(), header + "." + claims);
  }
}
