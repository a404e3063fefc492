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
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that go upstream: the one that was decided by, unless it is to be stripped. Another
 * beside it, or a cookie that did not count, could make the upstream see another caller.
 *
 * @param sources where tokens may stand
 * @param strip whether none is sent
 */
record SentTokens(List<TokenSource> sources, boolean strip) {
  /** {@return the fields in which some credential of a caller's may stand, in lower case} */
  Set<String> fields() {
    Set<String> fields = new TreeSet<>(Set.of("authorization", "dpop", "cookie"));
    for (TokenSource source : sources) {
      if (source instanceof TokenSource.Header(String name)) {
        fields.add(name);
      }
    }
    return fields;
  }

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

  /** Copies the token that was decided by, and none where it is to be stripped. */
  void copy(@Nullable TokenSource used, HttpHeaders from, HttpHeaders to) {
    if (strip || used == null) {
      return;
    }
    switch (used) {
      case TokenSource.Bearer _ -> copy("authorization", from, to);
      case TokenSource.Dpop _ -> {
        copy("authorization", from, to);
        copy("dpop", from, to);
      }
      case TokenSource.Header(String name) -> copy(name, from, to);
      case TokenSource.Cookie(String name) ->
          to.set("cookie", name + "=" + CookieField.values(from, name).getFirst());
    }
  }

  private static void copy(String name, HttpHeaders from, HttpHeaders to) {
    to.set(name, from.getAll(name));
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
