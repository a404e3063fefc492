package dev.discreet.identity;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.discreet.config.IssuerConfig;
import dev.discreet.policy.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The caller that a token with these claims would stand for, if it were valid: for those who ask
 * what would be answered. Nothing that serves requests may use it.
 */
public final class UnverifiedClaims {
  private UnverifiedClaims() {}

  /**
   * {@return claims, read as those of a token are}
   *
   * @throws IllegalArgumentException if the text is no such JSON object
   */
  public static Map<String, Object> parse(String json) {
    try {
      return StrictJson.object(json.getBytes(StandardCharsets.UTF_8), StrictJson.Unique.AT_THE_TOP);
    } catch (RefusedToken e) {
      throw new IllegalArgumentException(
          "are no JSON object that a token could have"
              + (e.getCause() instanceof JsonProcessingException cause ? place(cause) : ""),
          e);
    }
  }

  private static String place(JsonProcessingException cause) {
    JsonLocation at = cause.getLocation();
    // Where an object began that does not end is said in the parser's own terms.
    String why = cause.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
    return ": line %d, column %d: %s".formatted(at.getLineNr(), at.getColumnNr(), why);
  }

  /**
   * {@return who calls}
   *
   * @throws IllegalArgumentException if {@code sub} is missing or of a wrong form
   */
  public static Caller.Authenticated caller(IssuerConfig issuer, Map<String, Object> claims) {
    if (!(claims.get("sub") instanceof String subject) || !ClaimsCheck.isSubject(subject)) {
      throw new IllegalArgumentException("need a sub, which every token must have");
    }
    return Callers.of(issuer, subject, claims);
  }
}
