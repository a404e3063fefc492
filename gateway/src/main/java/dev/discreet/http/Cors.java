package dev.discreet.http;

import dev.discreet.config.CorsConfig;
import dev.discreet.http.Answer.Field;
import dev.discreet.policy.Route;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What answers say to pages of other origins (CORS, WHATWG Fetch §3.2; SPEC §3): the same whatever
 * the path, and whatever is there.
 */
final class Cors {
  private static final String OWN_PREFIX = "access-control-";
  private static final String ORIGIN = "origin";
  private static final Field VARY = new Field("vary", ORIGIN);

  private final CorsConfig config;
  private final List<Field> preflight;
  private final @Nullable Field exposed;
  private final @Nullable Field credentials;

  Cors(CorsConfig config) {
    this.config = config;
    credentials =
        config.credentials() ? new Field("access-control-allow-credentials", "true") : null;
    exposed =
        config.exposeHeaders().isEmpty()
            ? null
            : new Field("access-control-expose-headers", String.join(", ", config.exposeHeaders()));
    preflight =
        List.of(
            new Field("access-control-allow-methods", String.join(", ", config.methods())),
            new Field("access-control-allow-headers", String.join(", ", config.headers())),
            new Field("access-control-max-age", String.valueOf(config.maxAge().toSeconds())));
  }

  /** {@return whether a browser asks by this whether it may send another request} */
  static boolean isPreflight(HttpRequest request) {
    return request.method().equals(HttpMethod.OPTIONS)
        && request.headers().contains(HttpHeaderNames.ORIGIN)
        && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
  }

  /** {@return whether this is what an answer says of CORS} */
  static boolean isOf(Field field) {
    return field.equals(VARY) || field.name().startsWith(OWN_PREFIX);
  }

  /** {@return whether requests of the origin that is said may carry cookies} */
  boolean allowsCredentials(HttpHeaders request) {
    return config.credentials() && allowed(request) != null;
  }

  /** {@return row 13: what a browser may send} */
  Answer preflight(HttpHeaders request) {
    return Answers.preflight(allowed(request) == null ? List.of() : preflight);
  }

  /** {@return one of the gateway's own answers, which says it too} */
  Answer say(HttpHeaders request, Answer answer) {
    return answer.with(fields(request, !answer.isPreflight()));
  }

  private List<Field> fields(HttpHeaders request, boolean exposes) {
    List<Field> fields = new ArrayList<>();
    String origin = allowed(request);
    if (origin != null) {
      fields.add(new Field("access-control-allow-origin", origin));
      if (credentials != null) {
        fields.add(credentials);
      }
      if (exposed != null && exposes) {
        fields.add(exposed);
      }
    }
    fields.add(VARY);
    return fields;
  }

  /** Makes an upstream's answer say the same, and nothing of its own. */
  void say(HttpHeaders request, HttpHeaders answer) {
    drop(answer);
    for (Field field : fields(request, true)) {
      if (!field.equals(VARY)) {
        answer.set(field.name(), field.value());
      } else if (!answer.containsValue(HttpHeaderNames.VARY, ORIGIN, true)) {
        answer.add(HttpHeaderNames.VARY, ORIGIN);
      }
    }
  }

  /** Drops what an upstream says of it. */
  static void drop(HttpHeaders fields) {
    for (String name : List.copyOf(fields.names())) {
      if (name.toLowerCase(Locale.ROOT).startsWith(OWN_PREFIX)) {
        fields.remove(name);
      }
    }
  }

  /**
   * {@return whether answers of this route say what the upstream says of CORS, and nothing else}
   */
  static boolean isUpstreams(@Nullable Route route) {
    return route != null && route.observes();
  }

  private @Nullable String allowed(HttpHeaders request) {
    List<String> said = request.getAll(HttpHeaderNames.ORIGIN);
    if (said.size() != 1) {
      return null;
    }
    if (config.anyOrigin()) {
      return CorsConfig.ANY;
    }
    return config.origins().contains(said.getFirst()) ? said.getFirst() : null;
  }
}
