package dev.discreet.identity;

import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;

/** How long an answer says that it may be used ({@code max-age}, RFC 9111 §5.2.2.1). */
final class Freshness {
  private static final String MAX_AGE = "max-age=";
  // A source can neither have itself asked all the time, nor delay the end of a key for days.
  private static final long LEAST_SECONDS = 60;
  private static final long MOST_SECONDS = 3600;

  private Freshness() {}

  /** {@return what the answer says, from one minute to one hour} */
  static Duration of(HttpHeaders headers) {
    for (String line : headers.getAll("cache-control")) {
      for (String part : line.split(",", -1)) {
        String directive = part.strip().toLowerCase(Locale.ROOT);
        if (directive.matches("max-age=[0-9]{1,10}")) {
          long seconds = Long.parseLong(directive.substring(MAX_AGE.length()));
          return Duration.ofSeconds(Math.clamp(seconds, LEAST_SECONDS, MOST_SECONDS));
        }
      }
    }
    return KeyDocument.USUALLY_FRESH;
  }
}
