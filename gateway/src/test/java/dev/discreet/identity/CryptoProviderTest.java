package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Whose code verifies, and that what it keeps between two signatures changes no answer. */
class CryptoProviderTest {
  private static final String SIGNED = "what is signed";

  static final List<CryptoProvider> PROVIDERS = List.of(CryptoProvider.JDK, CryptoProvider.FASTEST);

  @ParameterizedTest
  @EnumSource
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void onLinuxEveryAlgorithmIsAmazons(Algorithm algorithm) throws Exception {
    assertThat(CryptoProvider.FASTEST.toString()).startsWith("Amazon Corretto Crypto Provider 2.");
    assertThat(algorithm.verifier(CryptoProvider.FASTEST).getProvider().getName())
        .isEqualTo("AmazonCorrettoCryptoProvider");
  }

  @Test
  void nothingButSignaturesIsLeftToIt() {
    assertThat(CryptoProvider.FASTEST).isNotNull();
    assertThat(Security.getProviders())
        .extracting(provider -> provider.getName())
        .doesNotContain("AmazonCorrettoCryptoProvider");
  }

  @ParameterizedTest
  @FieldSource("PROVIDERS")
  void oneKeyAfterAnotherIsUsedAgainAndAgain(CryptoProvider provider) throws Exception {
    PublicKey first = provider.own(Keys.RSA.getPublic());
    PublicKey second = provider.own(Keys.OTHER_RSA.getPublic());
    for (int i = 0; i < 3; i++) {
      assertThat(holds(provider, first, Keys.RSA)).isTrue();
      assertThat(holds(provider, second, Keys.OTHER_RSA)).isTrue();
      assertThat(holds(provider, second, Keys.RSA)).isFalse();
    }
    assertThat(first).isEqualTo(provider.own(Keys.RSA.getPublic())).isNotEqualTo(second);
  }

  private static boolean holds(CryptoProvider provider, PublicKey key, KeyPair signer) {
    return Algorithm.RS256.verify(
        provider,
        key,
        SIGNED.getBytes(StandardCharsets.UTF_8),
        Forge.signature("RS256", signer.getPrivate(), SIGNED));
  }

  @ParameterizedTest
  @FieldSource("PROVIDERS")
  void aSignatureThatNobodyCanReadSpoilsNoneAfterIt(CryptoProvider provider) throws Exception {
    byte[] signed = SIGNED.getBytes(StandardCharsets.UTF_8);
    byte[] good = Forge.signature("EdDSA", Keys.ED25519.getPrivate(), SIGNED);
    byte[] outOfRange = good.clone();
    Arrays.fill(outOfRange, 32, 64, (byte) 0xff);
    PublicKey key = provider.own(Keys.ED25519.getPublic());
    for (byte[] bad : List.of(outOfRange, new byte[0], new byte[63], new byte[65])) {
      assertThat(provider.verify(Algorithm.EDDSA, key, signed, bad)).isFalse();
      assertThat(provider.verify(Algorithm.EDDSA, key, signed, good)).isTrue();
    }
    assertThat(provider.verify(Algorithm.EDDSA, Keys.RSA.getPublic(), signed, good)).isFalse();
    assertThat(provider.verify(Algorithm.EDDSA, key, signed, good)).isTrue();
  }
}
