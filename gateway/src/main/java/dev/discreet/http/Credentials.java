package dev.discreet.http;

import dev.discreet.config.TokenSource;
import dev.discreet.upstream.ClientOrigin;
import dev.discreet.wire.AuthScheme;
import dev.discreet.wire.CookieField;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the credential of a request where the configuration says that one may stand. */
final class Credentials {
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private Credentials() {}

  /**
   * {@return the first one that stands there, or null}
   *
   * @param origin scheme and authority as the client sees them
   * @param cors which other origins are allowed, or null for none
   */
  static @Nullable Credential of(
      HttpRequest request,
      List<TokenSource> sources,
      Supplier<ClientOrigin> origin,
      @Nullable Cors cors) {
    TokenSource.Cookie cookie = null;
    for (TokenSource source : sources) {
      if (source instanceof TokenSource.Cookie next) {
        cookie = cookie == null ? next : cookie;
      } else {
        String token = explicit(request.headers(), source);
        if (token != null) {
          return new Credential(source, token);
        }
      }
    }
    return cookie == null ? null : cookie(request, sources, origin, cors);
  }

  /** What a browser never sends of its own accord comes before what it does. */
  private static @Nullable String explicit(HttpHeaders headers, TokenSource source) {
    return switch (source) {
      case TokenSource.Bearer _ ->
          AuthScheme.BEARER.token(headers.get(HttpHeaderNames.AUTHORIZATION));
      case TokenSource.Dpop _ -> AuthScheme.DPOP.token(headers.get(HttpHeaderNames.AUTHORIZATION));
      case TokenSource.Header header -> headers.get(header.name());
      case TokenSource.Cookie _ -> null;
    };
  }

  private static @Nullable Credential cookie(
      HttpRequest request,
      List<TokenSource> sources,
      Supplier<ClientOrigin> origin,
      @Nullable Cors cors) {
    for (TokenSource source : sources) {
      if (source instanceof TokenSource.Cookie cookie) {
        Set<String> values = Set.copyOf(CookieField.values(request.headers(), cookie.name()));
        // Of two values another site may have planted one.
        if (values.size() == 1 && (isAllowed(request, cors) || isOfItsOwnWill(request, origin))) {
          return new Credential(source, values.iterator().next());
        }
      }
    }
    return null;
  }

  private static boolean isAllowed(HttpRequest request, @Nullable Cors cors) {
    return cors != null && cors.allowsCredentials(request.headers());
  }

  /**
   * {@return whether no other site can have made the browser send this (CONFIGURATION.md, Cookies)}
   */
  private static boolean isOfItsOwnWill(HttpRequest request, Supplier<ClientOrigin> origin) {
    HttpHeaders headers = request.headers();
    String method = request.method().name();
    List<String> site = headers.getAll("sec-fetch-site");
    if (!site.isEmpty()) {
      boolean navigates =
          READING.contains(method) && headers.getAll("sec-fetch-mode").equals(List.of("navigate"));
      return navigates || (site.size() == 1 && OWN_SITE.contains(site.getFirst()));
    }
    boolean upgrades = headers.contains(HttpHeaderNames.UPGRADE);
    List<String> said = headers.getAll(HttpHeaderNames.ORIGIN);
    return (SAFE.contains(method) && !upgrades)
        || (said.size() == 1 && said.getFirst().equals(origin.get().toString()));
  }
}
