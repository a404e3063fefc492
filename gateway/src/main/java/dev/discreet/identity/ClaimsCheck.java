package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.policy.ClaimPath;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The claims of a token whose signature holds, in the order of reasons of SPEC §3. */
final class ClaimsCheck {
  private static final Set<String> ANY_TYPE = Set.of("jwt", "at+jwt", "application/at+jwt");
  private static final Set<String> ACCESS_TOKEN = Set.of("at+jwt", "application/at+jwt");
  private static final BigDecimal FARTHEST = BigDecimal.valueOf(Instant.MAX.getEpochSecond());

  private final IssuerConfig issuer;

  ClaimsCheck(IssuerConfig issuer) {
    this.issuer = issuer;
  }

  /** {@return the moment from which the token is no longer valid, tolerance included} */
  Instant check(SignedToken token, Instant now) throws RefusedToken {
    checkType(token.type());
    return check(token.claims(), now);
  }

  /**
   * {@return the moment from which a token of these claims is no longer valid} An opaque token
   * needs no {@code exp}: whether it has ended its issuer is asked again and again.
   */
  Instant check(Map<String, Object> claims, Instant now) throws RefusedToken {
    BigDecimal expires = number(claims, "exp");
    BigDecimal skew = seconds(issuer.clockSkew());
    BigDecimal clock = BigDecimal.valueOf(now.toEpochMilli(), 3);
    if (expires != null && clock.compareTo(expires.add(skew)) >= 0) {
      throw RefusedToken.expired(subjectOfExpired(claims, expires, clock));
    }
    checkRest(claims, expires, clock);
    BigDecimal end = expires == null ? FARTHEST : expires.add(skew).min(FARTHEST);
    return Instant.ofEpochSecond(end.longValue());
  }

  /** {@return whose token it is if nothing but its end is amiss, else null} */
  private @Nullable String subjectOfExpired(
      Map<String, Object> claims, BigDecimal expires, BigDecimal clock) {
    try {
      checkRest(claims, expires, clock);
      return String.valueOf(claims.get("sub"));
    } catch (RefusedToken e) {
      return null;
    }
  }

  private void checkRest(Map<String, Object> claims, @Nullable BigDecimal expires, BigDecimal clock)
      throws RefusedToken {
    BigDecimal notBefore = number(claims, "nbf");
    BigDecimal issued = number(claims, "iat");
    BigDecimal latest = clock.add(seconds(issuer.clockSkew()));
    if (isAfter(notBefore, latest) || isAfter(issued, latest)) {
      throw new RefusedToken(Reason.NOT_YET_VALID);
    }
    checkAudience(claims);
    if ((expires == null && !issuer.opaque())
        || wrongForm(claims, "exp", expires)
        || wrongForm(claims, "nbf", notBefore)
        || wrongForm(claims, "iat", issued)
        || !isSubject(claims.get("sub"))) {
      throw new RefusedToken(Reason.MISSING_CLAIM);
    }
    checkLifetime(expires, issued);
    checkRequired(claims);
  }

  private void checkType(@Nullable String type) throws RefusedToken {
    String known = type == null ? null : type.toLowerCase(Locale.ROOT);
    boolean fits =
        issuer.accessTokensOnly()
            ? known != null && ACCESS_TOKEN.contains(known)
            : known == null || ANY_TYPE.contains(known);
    if (!fits) {
      throw new RefusedToken(Reason.WRONG_TYPE);
    }
  }

  /** {@return a finite number of these claims, or null} */
  static @Nullable BigDecimal number(Map<String, Object> claims, String name) {
    // What no double can hold is no finite number to most readers; and 1e-999999999, added to
    // anything exactly, would fill the memory.
    double read = claims.get(name) instanceof BigDecimal number ? number.doubleValue() : Double.NaN;
    return Double.isFinite(read) ? BigDecimal.valueOf(read) : null;
  }

  /** {@return the time in whole seconds that a claim says, or null where it says none} */
  static @Nullable Instant time(Map<String, Object> claims, String name) {
    BigDecimal seconds = number(claims, name);
    return seconds == null || seconds.abs().compareTo(FARTHEST) > 0
        ? null
        : Instant.ofEpochSecond(seconds.longValue());
  }

  private static boolean isAfter(@Nullable BigDecimal time, BigDecimal limit) {
    return time != null && time.compareTo(limit) > 0;
  }

  private static boolean wrongForm(
      Map<String, Object> claims, String name, @Nullable BigDecimal read) {
    return claims.containsKey(name) && read == null;
  }

  private void checkAudience(Map<String, Object> claims) throws RefusedToken {
    if (mayLackAudience()
        && issuer.audienceFrom().stream().allMatch(path -> path.in(claims) == null)) {
      return;
    }
    for (ClaimPath path : issuer.audienceFrom()) {
      Object audience = path.in(claims);
      List<?> named = audience instanceof List<?> list ? list : List.of(String.valueOf(audience));
      if (audience != null
          && (audience instanceof String || audience instanceof List<?>)
          && named.stream().anyMatch(issuer.audiences()::contains)) {
        return;
      }
    }
    throw new RefusedToken(Reason.WRONG_AUDIENCE);
  }

  private boolean mayLackAudience() {
    return issuer.format() instanceof IssuerConfig.Format.Opaque(IssuerConfig.Introspection asked)
        && !asked.requireAudience();
  }

  static boolean isSubject(@Nullable Object subject) {
    return subject instanceof String text
        && !text.isEmpty()
        && text.chars().noneMatch(Character::isISOControl);
  }

  /** A token that is to live longer than is allowed carries an {@code exp} that does not count. */
  private void checkLifetime(@Nullable BigDecimal expires, @Nullable BigDecimal issued)
      throws RefusedToken {
    Duration most = issuer.maxLifetime();
    if (most != null
        && (issued == null
            || expires == null
            || expires.subtract(issued).compareTo(seconds(most)) > 0)) {
      throw new RefusedToken(Reason.MISSING_CLAIM);
    }
  }

  private void checkRequired(Map<String, Object> claims) throws RefusedToken {
    for (Map.Entry<ClaimPath, Object> required : issuer.require().entrySet()) {
      if (!required.getValue().equals(required.getKey().in(claims))) {
        throw new RefusedToken(Reason.MISSING_CLAIM);
      }
    }
  }

  static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3);
  }
}
