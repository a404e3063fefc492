package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures that verifiers were once wrong about, by each algorithm and each provider. */
class WycheproofTest {
  private record Vector(
      String number, String result, String message, String signature, String comment) {
    /** What is merely acceptable, PKCS#1 without its NULL, the JDK takes and Amazon's does not. */
    boolean allows(boolean holds) {
      return result.equals("acceptable") || holds == result.equals("valid");
    }
  }

  static Stream<Arguments> algorithms() {
    return Stream.of(Algorithm.values())
        .flatMap(
            algorithm ->
                Stream.of(CryptoProvider.JDK, CryptoProvider.FASTEST)
                    .map(provider -> Arguments.of(algorithm, provider)));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("algorithms")
  void agrees(Algorithm algorithm, CryptoProvider provider) throws Exception {
    SoftAssertions all = new SoftAssertions();
    int tests = 0;
    PublicKey key = null;
    for (String line : lines(algorithm)) {
      if (line.startsWith("key ")) {
        key = provider.own(key(algorithm, decoded(line.substring("key ".length()))));
        assertThat(algorithm.fits(key)).isTrue();
        continue;
      }
      Vector vector = vector(line);
      boolean holds =
          algorithm.verify(
              provider,
              Objects.requireNonNull(key),
              decoded(vector.message()),
              decoded(vector.signature()));
      all.assertThat(vector.allows(holds))
          .as("%s %s: %s; holds: %s", algorithm, vector.number(), vector.comment(), holds)
          .isTrue();
      tests++;
    }
    all.assertAll();
    assertThat(tests).isGreaterThan(100);
  }

  private static List<String> lines(Algorithm algorithm) throws IOException {
    try (InputStream in =
        WycheproofTest.class.getResourceAsStream("/wycheproof/" + algorithm + ".txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = new ArrayList<>(text.lines().toList());
      lines.removeIf(line -> line.startsWith("#"));
      return lines;
    }
  }

  private static Vector vector(String line) {
    String[] fields = line.split(" ", 5);
    return new Vector(
        fields[0], fields[1], fields[2], fields[3], fields.length < 5 ? "" : fields[4]);
  }

  private static byte[] decoded(String text) {
    return text.equals("-") ? new byte[0] : Base64.getUrlDecoder().decode(text);
  }

  private static PublicKey key(Algorithm algorithm, byte[] spki) throws GeneralSecurityException {
    String kind =
        switch (algorithm) {
          case RS256, RS384, RS512, PS256, PS384, PS512 -> "RSA";
          case ES256, ES384, ES512 -> "EC";
          case EDDSA -> "Ed25519";
        };
    return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(spki));
  }
}
