package dev.discreet.wire;

import io.netty.buffer.ByteBuf;

/**
 * The lines before the chunks of one body: {@code chunk-size [ chunk-ext ]} (RFC 9112 §7.1).
 *
 * <pre>chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )</pre>
 */
final class ChunkHeader {
  /** Hex digits of a size; leading zeros count. */
  private static final int SIZE_DIGITS = 16;

  /** Octets of all extensions of a message (SPEC §7). */
  private static final int EXTENSION_LIMIT = 4096;

  private int extensionsLeft = EXTENSION_LIMIT;

  /** {@return the longest line that can still be accepted, in octets without its end} */
  int lineLimit() {
    return SIZE_DIGITS + extensionsLeft;
  }

  /**
   * Reads the line of that length at the reader index, and leaves the index there.
   *
   * @return the size of the chunk in octets, at most 2^31-1: programs exist that count in an int
   */
  int parse(ByteBuf in, int length) throws GrammarException {
    int start = in.readerIndex();
    int end = start + length;
    long size = 0;
    int at = start;
    for (int digit; at < end && (digit = Character.digit(in.getByte(at), 16)) >= 0; at++) {
      size = (size << 4) | digit;
      if (size > Integer.MAX_VALUE || at - start >= SIZE_DIGITS) {
        throw new GrammarException("a chunk size that is too large");
      }
    }
    if (at == start) {
      throw new GrammarException("a chunk without a size");
    }
    extensionsLeft -= end - at;
    if (extensionsLeft < 0) {
      throw new GrammarException("chunk extensions that are too long");
    }
    while (at < end) {
      at = extension(in, at, end);
    }
    return (int) size;
  }

  /** {@return where the extension that begins at {@code from} ends} */
  private static int extension(ByteBuf in, int from, int end) throws GrammarException {
    int name = blanks(in, expect(in, blanks(in, from, end), end, ';'), end);
    int nameEnd = token(in, name, end);
    int equals = blanks(in, nameEnd, end);
    if (equals == end || in.getByte(equals) != '=') {
      // Blanks after a name belong to what follows, which must then be another extension.
      return nameEnd;
    }
    int value = blanks(in, equals + 1, end);
    return value < end && in.getByte(value) == '"'
        ? quoted(in, value + 1, end)
        : token(in, value, end);
  }

  private static int blanks(ByteBuf in, int from, int end) {
    int at = from;
    while (at < end && Octets.isBlank(in.getByte(at))) {
      at++;
    }
    return at;
  }

  private static int expect(ByteBuf in, int at, int end, char octet) throws GrammarException {
    if (at == end || in.getByte(at) != octet) {
      throw malformed();
    }
    return at + 1;
  }

  private static int token(ByteBuf in, int from, int end) throws GrammarException {
    int at = from;
    while (at < end && Octets.isToken(in.getByte(at))) {
      at++;
    }
    if (at == from) {
      throw malformed();
    }
    return at;
  }

  /** The line has no control character but HTAB, so all but quotes and backslashes is qdtext. */
  private static int quoted(ByteBuf in, int from, int end) throws GrammarException {
    for (int at = from; at < end; at++) {
      byte octet = in.getByte(at);
      if (octet == '"') {
        return at + 1;
      } else if (octet == '\\') {
        at++;
      }
    }
    throw malformed();
  }

  private static GrammarException malformed() {
    return new GrammarException("a malformed chunk size or extension");
  }
}
