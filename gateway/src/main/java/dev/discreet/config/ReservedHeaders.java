package dev.discreet.config;

import java.util.Locale;
import java.util.Set;

/**
 * Fields that say where a request comes from or goes, which no client may set and no claim may fill
 * (SPEC §6).
 */
public final class ReservedHeaders {
  private static final Set<String> NAMES =
      Set.of(
          "forwarded",
          "x-real-ip",
          "x-original-uri",
          "x-original-url",
          "x-rewrite-url",
          "x-envoy-original-path",
          "x-middleware-subrequest",
          "x-http-method-override",
          "x-http-method",
          "x-method-override",
          "x-request-id");

  private ReservedHeaders() {}

  /** {@return whether {@code name}, in its canonical form, is one of them} */
  public static boolean include(String name) {
    return NAMES.contains(name) || name.startsWith("x-forwarded-") || name.startsWith("x-http2-");
  }

  /**
   * {@return a name as every reader reads it} Lower case, with {@code _} and {@code .} as dashes:
   * upstreams that hand fields on as variables can't tell these apart.
   */
  static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
  }
}
