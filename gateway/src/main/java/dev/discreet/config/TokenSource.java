package dev.discreet.config;

/** Where in a request a token may stand (CONFIGURATION.md, {@code tokenFrom}). */
public sealed interface TokenSource {
  /** Behind {@code authorization: Bearer} (RFC 6750). */
  record Bearer() implements TokenSource {}

  /** Behind {@code authorization: DPoP}, with a proof (RFC 9449). */
  record Dpop() implements TokenSource {}

  /**
   * The whole value of a header of its own.
   *
   * @param name in lower case
   */
  record Header(String name) implements TokenSource {}

  /** The value of a cookie, where no other site can have made the browser send it. */
  record Cookie(String name) implements TokenSource {}
}
