package dev.discreet.identity;

import java.time.Duration;

/**
 * A key set as its source gave it.
 *
 * @param octets the document
 * @param fresh how long the source says that it may be used without asking again
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record KeyDocument(byte[] octets, Duration fresh) {
  /** The longest document in octets that is read. */
  static final int MOST_OCTETS = 512 << 10;

  /** What is assumed where the source says nothing. */
  static final Duration USUALLY_FRESH = Duration.ofMinutes(5);
}
