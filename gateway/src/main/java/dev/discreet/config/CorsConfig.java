package dev.discreet.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which pages of other origins may read answers (CORS, WHATWG Fetch §3.2).
 *
 * @param origins as browsers say them, or {@code *} for any
 * @param methods what they may send
 * @param headers what they may send
 * @param exposeHeaders what they may read beside what every page may
 * @param credentials whether their requests may carry cookies
 * @param maxAge how long a browser may remember the answer to a preflight
 */
public record CorsConfig(
    Set<String> origins,
    List<String> methods,
    List<String> headers,
    List<String> exposeHeaders,
    boolean credentials,
    Duration maxAge) {
  /** Every origin. */
  public static final String ANY = "*";

  public CorsConfig {
    origins = Set.copyOf(origins);
    methods = List.copyOf(methods);
    headers = List.copyOf(headers);
    exposeHeaders = List.copyOf(exposeHeaders);
  }

  /** {@return whether every origin may} */
  public boolean anyOrigin() {
    return origins.contains(ANY);
  }
}
