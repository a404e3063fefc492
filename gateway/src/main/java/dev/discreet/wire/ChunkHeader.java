package dev.discreet.wire;

/**
 * The line before a chunk (RFC 9112 §7.1): its size, and extensions that are checked and dropped.
 */
final class ChunkHeader {
  /** A chunk of 2 GiB or more is nobody's honest chunk, and some readers overflow at it. */
  private static final int MOST_DIGITS = 8;

  private final String line;
  private int at;

  private ChunkHeader(String line) {
    this.line = line;
  }

  static int size(String line) throws MalformedException {
    ChunkHeader header = new ChunkHeader(line);
    int size = header.digits();
    header.extensions();
    return size;
  }

  /** {@return how many octets of the line are extensions} */
  static int extensionOctets(String line) {
    int semicolon = line.indexOf(';');
    return semicolon < 0 ? 0 : line.length() - semicolon;
  }

  private int digits() throws MalformedException {
    long size = 0;
    while (at < line.length() && hex(line.charAt(at)) >= 0) {
      size = size << 4 | hex(line.charAt(at++));
      if (at > MOST_DIGITS || size > Integer.MAX_VALUE) {
        throw new MalformedException("a chunk size beyond all use");
      }
    }
    if (at == 0) {
      throw new MalformedException("a chunk without a size");
    }
    return (int) size;
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  /** {@code *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )}. */
  private void extensions() throws MalformedException {
    while (at < line.length()) {
      whitespace();
      expect(';');
      whitespace();
      token();
      int afterName = at;
      whitespace();
      if (at < line.length() && line.charAt(at) == '=') {
        at++;
        whitespace();
        value();
      } else {
        at = afterName;
      }
    }
  }

  private void whitespace() {
    while (at < line.length() && Grammar.isWhitespace(line.charAt(at))) {
      at++;
    }
  }

  private void expect(char c) throws MalformedException {
    if (at == line.length() || line.charAt(at) != c) {
      throw new MalformedException("a malformed chunk extension");
    }
    at++;
  }

  private void token() throws MalformedException {
    int from = at;
    while (at < line.length() && Grammar.isTokenChar(line.charAt(at))) {
      at++;
    }
    if (at == from) {
      throw new MalformedException("a malformed chunk extension");
    }
  }

  private void value() throws MalformedException {
    if (at == line.length() || line.charAt(at) != '"') {
      token();
      return;
    }
    at++;
    while (at < line.length() && line.charAt(at) != '"') {
      if (line.charAt(at) == '\\') {
        at++;
      }
      if (at == line.length() || !Grammar.isFieldText(line.substring(at, at + 1), 0)) {
        throw new MalformedException("a malformed chunk extension");
      }
      at++;
    }
    expect('"');
  }
}
