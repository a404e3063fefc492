package dev.discreet.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How strongly and how freshly a caller must have authenticated (RFC 9470).
 *
 * @param acr context classes of which one is needed, in order of preference; none where any will do
 * @param maxAge how long ago it may be at most, or null
 */
public record StepUp(List<String> acr, @Nullable Duration maxAge) {
  /** Any authentication is enough. */
  public static final StepUp NONE = new StepUp(List.of(), null);

  public StepUp {
    acr = List.copyOf(acr);
  }

  /** What an authentication lacks. */
  public enum Shortfall {
    /** It is of another context class, or of none that is known. */
    ACR,
    /** It was too long ago, is dated in the future, or it is not known when it was. */
    AGE
  }

  /** {@return what {@code event} lacks, {@link Shortfall#ACR} first, or null if it is enough} */
  public @Nullable Shortfall shortfall(AuthenticationEvent event, Instant now) {
    if (!acr.isEmpty() && (event.acr() == null || !acr.contains(event.acr()))) {
      return Shortfall.ACR;
    }
    return maxAge == null || isFresh(event, now, maxAge) ? null : Shortfall.AGE;
  }

  /** The tolerance is for clocks that differ; it makes no authentication count longer. */
  private static boolean isFresh(AuthenticationEvent event, Instant now, Duration maxAge) {
    Instant time = event.time();
    return time != null
        && !time.isBefore(now.minus(maxAge))
        && !time.isAfter(now.plus(event.clockSkew()));
  }

  /** {@return whether whoever meets {@code other} meets this too} */
  public boolean isMetWith(StepUp other) {
    boolean strong = acr.isEmpty() || (!other.acr.isEmpty() && acr.containsAll(other.acr));
    return strong
        && (maxAge == null || (other.maxAge != null && other.maxAge.compareTo(maxAge) <= 0));
  }

  /** {@return an authentication that is enough, as like {@code event} as may be} */
  public AuthenticationEvent metFrom(AuthenticationEvent event, Instant now) {
    return new AuthenticationEvent(
        acr.isEmpty() || (event.acr() != null && acr.contains(event.acr()))
            ? event.acr()
            : acr.getFirst(),
        maxAge == null ? event.time() : now,
        event.clockSkew());
  }
}
