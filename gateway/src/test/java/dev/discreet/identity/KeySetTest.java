package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad key does not spoil a set, and is no key. */
class KeySetTest {
  private static final String GOOD = Keys.rsaJwk("good", Keys.RSA);

  @ParameterizedTest
  @MethodSource("unusable")
  void aKeyThatIsOfNoUseIsLeftOut(String jwk) throws ParseException {
    KeySet set = parse(Keys.set(jwk, GOOD));
    assertThat(set.keys()).extracting(VerificationKey::id).containsExactly("good");
  }

  static List<String> unusable() {
    String p256 = Keys.ecJwk("bad", Curve.P_256, Keys.P256);
    String ed = Keys.edJwk("bad", Keys.ED25519);
    return List.of(
        "null",
        "1",
        "{}",
        "{\"kty\":\"RSA\"}",
        "{\"kty\":\"nonsense\",\"kid\":\"bad\"}",
        "{\"kty\":\"oct\",\"kid\":\"bad\",\"k\":\"AAAA\"}",
        Keys.rsaJwk("bad", Keys.WEAK_RSA),
        "{\"kty\":\"RSA\",\"kid\":\"bad\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
        exponent("AQ"),
        exponent("AA"),
        exponent(""),
        // A point that is not on its curve, one that is on no curve, and curves that nobody asked
        // for.
        p256.replaceAll("\"x\":\"...", "\"x\":\"AAA"),
        p256.replace("P-256", "P-384"),
        p256.replace("P-256", "secp256k1"),
        ed.replace("Ed25519", "X25519"),
        ed.replace("Ed25519", "Ed448"),
        ed.replaceAll("\"x\":\"[^\"]*\"", "\"x\":\"AAAA\""),
        Keys.with(Keys.rsaJwk("bad", Keys.RSA), "\"use\":\"enc\""),
        Keys.with(Keys.rsaJwk("bad", Keys.RSA), "\"use\":\"SIG\""),
        Keys.with(Keys.rsaJwk("bad", Keys.RSA), "\"key_ops\":[]"),
        Keys.with(Keys.rsaJwk("bad", Keys.RSA), "\"key_ops\":[\"encrypt\"]"),
        Keys.with(Keys.rsaJwk("bad", Keys.RSA), "\"alg\":\"HS256\""),
        Keys.with(Keys.rsaJwk("bad", Keys.RSA), "\"alg\":\"none\""));
  }

  /** Anyone could sign under such a key: its multiples can be guessed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void anEd25519KeyOfSmallOrderIsLeftOut(String point) throws ParseException {
    String x = Forge.base64(HexFormat.of().parseHex(point));
    String jwk = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"bad\",\"x\":\"" + x + "\"}";
    assertThat(parse(Keys.set(jwk, GOOD)).keys())
        .extracting(VerificationKey::id)
        .containsExactly("good");
  }

  /** Its field is of the size of P-256's, and Amazon's provider knows it. */
  @Test
  void aKeyOnSecp256k1ServesNoAlgorithm() throws ParseException {
    HexFormat hex = HexFormat.of();
    String x = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    String y = "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";
    String jwk =
        "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"%s\",\"y\":\"%s\"}"
            .formatted(Forge.base64(hex.parseHex(x)), Forge.base64(hex.parseHex(y)));
    KeySet set = parse(Keys.set(jwk));
    for (Algorithm algorithm : Algorithm.values()) {
      assertThat(set.candidates(null, algorithm)).isEmpty();
    }
  }

  private static String exponent(String e) {
    return Keys.rsaJwk("bad", Keys.RSA).replaceAll("\"e\":\"[^\"]*\"", "\"e\":\"" + e + "\"");
  }

  @Test
  void whatAKeyMayDoIsHeard() throws ParseException {
    KeySet set =
        parse(
            Keys.set(
                Keys.with(Keys.rsaJwk("a", Keys.RSA), "\"use\":\"sig\""),
                Keys.with(Keys.rsaJwk("b", Keys.RSA), "\"key_ops\":[\"verify\"]"),
                Keys.with(Keys.rsaJwk("c", Keys.RSA), "\"alg\":\"RS512\""),
                Keys.with(Keys.edJwk("d", Keys.ED25519), "\"alg\":\"Ed25519\"")));
    assertThat(set.keys()).extracting(VerificationKey::id).containsExactly("a", "b", "c", "d");
    assertThat(set.candidates("c", Algorithm.RS256)).isEmpty();
    assertThat(set.candidates("c", Algorithm.RS512)).hasSize(1);
    assertThat(set.candidates("d", Algorithm.EDDSA)).hasSize(1);
    assertThat(set.candidates("d", Algorithm.RS256)).isEmpty();
  }

  @Test
  void withoutKeyIdFourAreTriedAtMost() throws ParseException {
    List<String> jwks = new ArrayList<>();
    jwks.add(Keys.ecJwk("other", Curve.P_256, Keys.P256));
    for (int i = 0; i < 10; i++) {
      jwks.add(Keys.rsaJwk("k" + i, Keys.RSA));
    }
    KeySet set = parse(Keys.set(jwks.toArray(String[]::new)));
    assertThat(set.candidates(null, Algorithm.RS256))
        .extracting(VerificationKey::id)
        .containsExactly("k0", "k1", "k2", "k3");
    assertThat(set.candidates("k9", Algorithm.RS256)).hasSize(1);
  }

  private static KeySet parse(String json) throws ParseException {
    return KeySet.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
