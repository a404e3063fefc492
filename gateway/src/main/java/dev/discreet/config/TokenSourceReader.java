package dev.discreet.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code tokenFrom}. */
final class TokenSourceReader {
  private static final Key<String> HEADER =
      Key.optional(
          "header",
          Types.parsed(HeaderNames.PATTERN, HeaderNames::forToken),
          "A header whose whole value is the token.");
  private static final Key<String> COOKIE =
      Key.optional(
          "cookie", Types.parsed(HeaderNames.PATTERN, TokenSourceReader::cookie), "A cookie.");
  private static final Keys KEYS = Keys.of(HEADER, COOKIE).exactlyOne(HEADER, COOKIE);
  private static final List<String> WORDS = List.of("bearer", "dpop");
  private static final Shape ITEM = Shape.anyOf(new Shape.Choice(WORDS), new Shape.Mapping(KEYS));

  static final Key<List<TokenSource>> KEY =
      Key.of(
          "tokenFrom",
          Types.listOf(new Type<>(ITEM, TokenSourceReader::read)),
          "[bearer]",
          "Where a token may stand, the first that does counts: bearer, dpop, {header: NAME},"
              + " {cookie: NAME}.");

  private TokenSourceReader() {}

  private static @Nullable TokenSource read(Node node) {
    if (node.isText()) {
      if (node.says("dpop")) {
        return new TokenSource.Dpop();
      }
      if (node.says("bearer")) {
        return new TokenSource.Bearer();
      }
      node.errorNear("is none of bearer, dpop, {header: NAME}, {cookie: NAME}", WORDS);
      return null;
    }
    Section s = Section.of(node, KEYS);
    String header = s.find(HEADER);
    String cookie = s.find(COOKIE);
    if (header != null) {
      return new TokenSource.Header(header);
    }
    return cookie == null ? null : new TokenSource.Cookie(cookie);
  }

  private static String cookie(String text) {
    if (!text.matches(HeaderNames.PATTERN)) {
      throw new IllegalArgumentException("is not the name of a cookie");
    }
    return text;
  }
}
