package dev.discreet.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.discreet.policy.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were verified. Found by a hash of a token's last characters, which are its
 * signature's and so as random as any; then the whole token is compared.
 */
final class VerifiedTokens {
  private static final int HASHED = 16;
  private static final int MOST = 20_000;

  /**
   * A token that was verified.
   *
   * @param key the key that it was verified with: when that leaves the set, the trust ends
   * @param expires when it ends
   */
  record Entry(String token, Caller.Authenticated caller, VerificationKey key, Instant expires) {}

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

  private final Cache<Key, Entry> entries = Caffeine.newBuilder().maximumSize(MOST).build();

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
