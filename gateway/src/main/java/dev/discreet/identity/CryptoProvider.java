package dev.discreet.identity;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.netty.util.concurrent.FastThreadLocal;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose code verifies signatures: Amazon's where its native library loads and has the algorithm,
 * else the JDK's. It is not installed among the JVM's providers, so that TLS and all else stay the
 * JDK's.
 */
final class CryptoProvider {
  /** The JDK's own. */
  static final CryptoProvider JDK = new CryptoProvider(null, "the JDK");

  /** The fastest that works on this machine. */
  static final CryptoProvider FASTEST = fastest();

  private final @Nullable Provider provider;
  private final String description;
  // A verifier is for one thread at a time, and to look one up for each token costs much of RS256.
  private final FastThreadLocal<Map<Algorithm, Signature>> kept =
      new FastThreadLocal<>() {
        @Override
        protected Map<Algorithm, Signature> initialValue() {
          return new EnumMap<>(Algorithm.class);
        }
      };

  private CryptoProvider(@Nullable Provider provider, String description) {
    this.provider = provider;
    this.description = description;
  }

  private static CryptoProvider fastest() {
    AmazonCorrettoCryptoProvider amazon = AmazonCorrettoCryptoProvider.INSTANCE;
    Throwable failure = amazon.getLoadingError();
    return failure == null
        ? new CryptoProvider(amazon, "Amazon Corretto Crypto Provider " + amazon.getVersionStr())
        : new CryptoProvider(
            null,
            "the JDK, as Amazon Corretto Crypto Provider does not load: " + failure.getMessage());
  }

  /** {@return a fresh verifier of the JCA's algorithm of this name} */
  Signature verifier(String name) throws GeneralSecurityException {
    return provider != null && provider.getService("Signature", name) != null
        ? Signature.getInstance(name, provider)
        : Signature.getInstance(name);
  }

  /** {@return the key in the form that costs this provider least to use} */
  PublicKey own(PublicKey key) throws GeneralSecurityException {
    if (provider == null || provider.getService("KeyFactory", key.getAlgorithm()) == null) {
      return key;
    }
    // What Amazon's translateKey makes is destroyed when its first user is done with it.
    return KeyFactory.getInstance(key.getAlgorithm(), provider)
        .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
  }

  /** {@return whether {@code signature} is {@code key}'s over {@code signed}} */
  boolean verify(Algorithm algorithm, PublicKey key, byte[] signed, byte[] signature) {
    Map<Algorithm, Signature> mine = kept.get();
    try {
      Signature verifier = mine.remove(algorithm);
      if (verifier == null) {
        verifier = algorithm.verifier(this);
      }
      verifier.initVerify(key);
      verifier.update(signed);
      boolean holds = verifier.verify(signature);
      mine.put(algorithm, verifier);
      return holds;
    } catch (GeneralSecurityException | RuntimeException e) {
      // Octets that a provider trips over are no signature; a verifier that tripped is not kept.
      return false;
    }
  }

  @Override
  public String toString() {
    return description;
  }
}
