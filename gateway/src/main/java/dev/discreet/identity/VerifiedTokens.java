package dev.discreet.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.discreet.identity.Verification.Verified;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were verified. Found by a hash of a token's last characters, which are its
 * signature's and so as random as any; then the whole token is compared.
 */
final class VerifiedTokens {
  private static final int HASHED = 16;
  // In characters of tokens; what is read from them takes a few times as many octets.
  private static final long MOST_WEIGHT = 16 << 20;
  private static final int WEIGHT_OF_ENTRY = 512;

  /**
   * A token that was verified.
   *
   * @param issuer whose it is
   * @param key the key that it was verified with: when that leaves the set, the trust ends
   * @param bound what is to be proven each time
   * @param result what was found
   */
  record Entry(
      String token, Issuer issuer, VerificationKey key, Confirmation bound, Verified result) {}

  private record Key(String token, int hash) {
    static Key of(String token) {
      int hash = 0;
      for (int i = Math.max(0, token.length() - HASHED); i < token.length(); i++) {
        hash = 31 * hash + token.charAt(i);
      }
      return new Key(token, hash);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && hash == key.hash && token.equals(key.token);
    }
  }

  private final Cache<Key, Entry> entries =
      Caffeine.newBuilder()
          // Another thread would be woken for what takes less time than that.
          .executor(Runnable::run)
          .maximumWeight(MOST_WEIGHT)
          .weigher((Key key, Entry _) -> key.token().length() + WEIGHT_OF_ENTRY)
          .build();

  @Nullable Entry find(String token) {
    return entries.getIfPresent(Key.of(token));
  }

  void remember(Entry entry) {
    entries.put(Key.of(entry.token()), entry);
  }

  void forget(String token) {
    entries.invalidate(Key.of(token));
  }
}
