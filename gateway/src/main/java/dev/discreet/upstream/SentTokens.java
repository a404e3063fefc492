package dev.discreet.upstream;

import dev.discreet.config.TokenSource;
import dev.discreet.wire.AuthScheme;
import dev.discreet.wire.CookieField;
import dev.discreet.wire.Hop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that go upstream: the one that was decided by, unless it is to be stripped. Another
 * beside it, or a cookie that did not count, could make the upstream see another caller.
 *
 * @param sources where tokens may stand
 * @param strip whether none is sent
 */
record SentTokens(List<TokenSource> sources, boolean strip) {
  /** {@return whether some upstream would read this as a header that holds a token} */
  boolean hasTwin(String name) {
    for (TokenSource source : sources) {
      if (source instanceof TokenSource.Header(String header)
          && !name.equalsIgnoreCase(header)
          && Hop.canonical(name).equals(Hop.canonical(header))) {
        return true;
      }
    }
    return false;
  }

  /** Removes what belongs to this hop, and no token with it: {@code connection} may not say so. */
  void stripHop(HttpHeaders headers) {
    Map<String, List<String>> tokens = new HashMap<>();
    for (TokenSource source : sources) {
      if (source instanceof TokenSource.Header(String name)) {
        tokens.put(name, headers.getAll(name));
      }
    }
    Hop.strip(headers);
    tokens.forEach(headers::set);
  }

  /**
   * Removes what is not to be sent.
   *
   * @param used where the token stands that was decided by, or null
   * @param observes whether the API is to be served as it was before there was a gateway
   */
  void keepOnly(@Nullable TokenSource used, boolean observes, HttpHeaders headers) {
    for (TokenSource source : sources) {
      if (strip || (!observes && !source.equals(used))) {
        remove(source, headers);
      }
    }
  }

  private static void remove(TokenSource source, HttpHeaders headers) {
    switch (source) {
      case TokenSource.Bearer _ -> remove(AuthScheme.BEARER, headers);
      case TokenSource.Dpop _ -> {
        remove(AuthScheme.DPOP, headers);
        headers.remove("dpop");
      }
      case TokenSource.Header(String name) -> headers.remove(name);
      case TokenSource.Cookie(String name) -> CookieField.remove(headers, name);
    }
  }

  private static void remove(AuthScheme scheme, HttpHeaders headers) {
    if (scheme.is(headers.get(HttpHeaderNames.AUTHORIZATION, ""))) {
      headers.remove(HttpHeaderNames.AUTHORIZATION);
    }
  }
}
