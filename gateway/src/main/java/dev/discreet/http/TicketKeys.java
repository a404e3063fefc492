package dev.discreet.http;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The keys that session tickets are sealed with (RFC 5077 §5.5, RFC 8446 §4.6.1). BoringSSL lets a
 * session of TLS 1.3 be taken up for days; it can't be once the key of its ticket is gone.
 */
final class TicketKeys {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Consumer<OpenSslSessionTicketKey[]> sessions;
  private final LongSupplier clock;
  private final long periodNanos;
  private OpenSslSessionTicketKey current = random();
  private long madeNanos;

  /**
   * Begins with a key of its own.
   *
   * @param sessions takes the keys: the first seals, all of them open
   * @param life how long after its beginning a session can be taken up, at most
   * @param clock in nanoseconds
   */
  TicketKeys(Consumer<OpenSslSessionTicketKey[]> sessions, Duration life, LongSupplier clock) {
    this.sessions = sessions;
    this.clock = clock;
    // One period as the first of the keys, another as the second.
    periodNanos = life.toNanos() / 2;
    madeNanos = clock.getAsLong();
    sessions.accept(new OpenSslSessionTicketKey[] {current});
  }

  /** Before each handshake, on whatever event loop: takes another key where it is time. */
  synchronized void renew() {
    long now = clock.getAsLong();
    long age = now - madeNanos;
    if (age < periodNanos) {
      return;
    }
    OpenSslSessionTicketKey before = current;
    current = random();
    madeNanos = now;
    sessions.accept(
        age < 2 * periodNanos
            ? new OpenSslSessionTicketKey[] {current, before}
            : new OpenSslSessionTicketKey[] {current});
  }

  private static OpenSslSessionTicketKey random() {
    return new OpenSslSessionTicketKey(
        random(OpenSslSessionTicketKey.NAME_SIZE),
        random(OpenSslSessionTicketKey.HMAC_KEY_SIZE),
        random(OpenSslSessionTicketKey.AES_KEY_SIZE));
  }

  private static byte[] random(int size) {
    byte[] octets = new byte[size];
    RANDOM.nextBytes(octets);
    return octets;
  }
}
