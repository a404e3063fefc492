package dev.discreet.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How an audit is carried out.
 *
 * @param agent the user agent that it names itself
 * @param token whose caller may not know the hidden paths
 * @param unsafeMethods whether methods that could change something are sent
 * @param perSecond requests, 0 for as many as can be
 * @param rounds how often each way to ask is taken for each path
 * @param again how often a difference is asked for again, before it is one
 * @param triples of the measurement of time, for each method and protocol; 0 for none
 * @param seconds after which a measurement ends, however many triples it has
 * @param budget seconds after which the whole audit ends, done or not; {@link Integer#MAX_VALUE}
 *     for never
 * @param bounds what is no difference
 * @param seed of the random order of requests
 */
public record Settings(
    String agent,
    String token,
    boolean unsafeMethods,
    int perSecond,
    int rounds,
    int again,
    int triples,
    int seconds,
    int budget,
    Bounds bounds,
    long seed) {
  /** How long an answer may take, and what may come first is waited for. */
  static final Patience PATIENCE = new Patience(5_000, 300, 50);

  /** {@return the time of day, UTC (RFC 3339)} */
  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** {@return all but the token, and the time of day, in words} */
  String inWords() {
    return "%s, %s: %d rounds, %d again, %d triples%s, %s%s, bounds %s, %s %%, %s %%, seed %d"
        .formatted(
            agent,
            now(),
            rounds,
            again,
            triples,
            seconds == Integer.MAX_VALUE ? "" : " within " + seconds + " s",
            perSecond == 0
                ? "as fast as can be"
                : perSecond + (perSecond == 1 ? " request in a second" : " requests in a second"),
            budget == Integer.MAX_VALUE ? "" : ", " + budget + " s in all",
            Numbers.nanos(bounds.median()),
            100 * bounds.distance(),
            100 * bounds.outliers(),
            seed);
  }
}
