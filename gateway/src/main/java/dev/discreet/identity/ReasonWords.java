package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.policy.ClaimPath;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a reason means for one token that could be read, in words for people. */
final class ReasonWords {
  private final SignedToken token;
  private final Issuer issuer;
  private final IssuerConfig config;
  private final Map<String, Object> claims;
  private final Instant now;

  ReasonWords(SignedToken token, Issuer issuer, Instant now) {
    this.token = token;
    this.issuer = issuer;
    this.config = issuer.config();
    this.claims = token.claims();
    this.now = now;
  }

  String of(Reason reason) {
    return switch (reason) {
      // Neither is said of a token that was read and whose issuer is known.
      case MALFORMED, WRONG_ISSUER -> "";
      case WRONG_SIGNATURE -> signature();
      case WRONG_TYPE ->
          "typ is %s; %s"
              .formatted(
                  named(token.type()),
                  config.accessTokensOnly()
                      ? "tokenType: at+jwt asks for at+jwt"
                      : "JWT, at+jwt or none is taken");
      case EXPIRED -> time("exp");
      case NOT_YET_VALID -> time(isAhead("nbf") ? "nbf" : "iat");
      case WRONG_AUDIENCE -> audience();
      case MISSING_CLAIM -> missing();
    };
  }

  static String unknownIssuer(SignedToken read, List<IssuerConfig> all) {
    String known =
        all.stream()
            .filter(issuer -> !issuer.opaque())
            .map(issuer -> issuer.issuer() + " (" + issuer.name() + ")")
            .sorted()
            .collect(Collectors.joining(", "));
    return "iss is %s, to the letter none of: %s"
        .formatted(shown(read.claims().get("iss")), known.isEmpty() ? "no issuer" : known);
  }

  private String signature() {
    if (issuer.algorithmOf(token) == null) {
      return "alg is %s; algorithms of issuer %s: %s"
          .formatted(
              token.algorithm(),
              config.name(),
              config.algorithms().stream().sorted().collect(Collectors.joining(", ")));
    }
    KeySet keys = Objects.requireNonNull(issuer.keys().current());
    String kid = token.keyId();
    if (kid != null && !keys.names(kid)) {
      return "kid is %s; keys of issuer %s: %s".formatted(kid, config.name(), ids(keys));
    }
    Algorithm algorithm = Objects.requireNonNull(Algorithm.named(token.algorithm()));
    List<VerificationKey> tried = keys.candidates(kid, algorithm);
    return tried.isEmpty()
        ? "no key of issuer %s is for %s; its keys: %s"
            .formatted(config.name(), token.algorithm(), ids(keys))
        : "the signature is not that of %s"
            .formatted(
                tried.stream().map(key -> named(key.id())).collect(Collectors.joining(" or ")));
  }

  private static String ids(KeySet keys) {
    return keys.keys().isEmpty()
        ? "none that can verify"
        : keys.keys().stream().map(key -> named(key.id())).collect(Collectors.joining(", "));
  }

  private boolean isAhead(String name) {
    Instant time = instant(claims.get(name));
    return time != null && time.isAfter(now.plus(config.clockSkew()));
  }

  private String time(String name) {
    Instant time = instant(claims.get(name));
    if (time == null) {
      return name + " is " + shown(claims.get(name));
    }
    Duration apart = Duration.between(time, now).abs().truncatedTo(ChronoUnit.SECONDS);
    return "%s is %s, %s %s; clockSkew is %s"
        .formatted(
            name,
            time,
            spoken(apart),
            time.isBefore(now) ? "ago" : "ahead",
            spoken(config.clockSkew()));
  }

  private static String spoken(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private static @Nullable Instant instant(@Nullable Object claim) {
    try {
      return claim instanceof BigDecimal seconds
          ? Instant.ofEpochSecond(seconds.longValue())
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private String audience() {
    String found =
        config.audienceFrom().stream()
            .map(path -> path.text() + " is " + shown(path.in(claims)))
            .collect(Collectors.joining(", "));
    return "%s; one of audiences must be there, to the letter: %s"
        .formatted(found, String.join(", ", config.audiences()));
  }

  private String missing() {
    List<String> wrong = new ArrayList<>();
    Stream.of("exp", "nbf", "iat")
        .filter(
            name ->
                claims.containsKey(name) ? instant(claims.get(name)) == null : name.equals("exp"))
        .forEach(
            name -> wrong.add(name + " must be a finite number and is " + shown(claims.get(name))));
    if (!ClaimsCheck.isSubject(claims.get("sub"))) {
      wrong.add("sub must be text without control characters and is " + shown(claims.get("sub")));
    }
    for (Map.Entry<ClaimPath, Object> required : config.require().entrySet()) {
      Object found = required.getKey().in(claims);
      if (!required.getValue().equals(found)) {
        wrong.add(
            "require asks that %s is %s and it is %s"
                .formatted(required.getKey().text(), shown(required.getValue()), shown(found)));
      }
    }
    return wrong.isEmpty()
        ? "maxLifetime is %s, and exp - iat is more, or there is no iat"
            .formatted(config.maxLifetime() == null ? "none" : spoken(config.maxLifetime()))
        : String.join("; ", wrong);
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "missing";
      case StrictJson.Null _ -> "null, or no finite number";
      case String text -> '"' + text + '"';
      case BigDecimal number -> number.toPlainString();
      default -> value.toString();
    };
  }

  static String named(@Nullable String id) {
    return id == null ? "(without a name)" : '"' + id + '"';
  }
}
