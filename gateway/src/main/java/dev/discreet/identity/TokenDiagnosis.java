package dev.discreet.identity;

import dev.discreet.config.IssuerConfig;
import dev.discreet.identity.Verification.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says in words what a reason means for one token. The reason itself is the verifier's: nothing is
 * decided here.
 */
final class TokenDiagnosis {
  private final String token;
  private final int limit;
  private final Instant now;

  TokenDiagnosis(String token, int limit, Instant now) {
    this.token = token;
    this.limit = limit;
    this.now = now;
  }

  /**
   * {@return the report}
   *
   * @param issuer whose it is, or null
   * @param all all issuers
   * @param refusal why it is refused, or null
   */
  TokenReport report(@Nullable Issuer issuer, List<IssuerConfig> all, @Nullable Refused refusal) {
    String[] parts = token.split("\\.", -1);
    String header = decoded(parts[0]);
    String claims = parts.length > 1 ? decoded(parts[1]) : null;
    SignedToken read = read();
    VerificationKey key = read == null || issuer == null ? null : signer(read, issuer);
    return new TokenReport(
        header,
        claims,
        read != null,
        issuer == null ? null : issuer.config().name(),
        key == null || read == null ? null : ReasonWords.named(key.id()) + ", " + read.algorithm(),
        read == null ? null : bound(read),
        refusal == null ? null : refusal.reason(),
        refusal == null ? "" : detail(refusal, read, issuer, all));
  }

  private static TokenReport.@Nullable Bound bound(SignedToken token) {
    try {
      Confirmation bound = Confirmation.of(token.claims());
      return bound.equals(Confirmation.NONE)
          ? null
          : new TokenReport.Bound(bound.key(), bound.certificate());
    } catch (RefusedToken e) {
      return null;
    }
  }

  private @Nullable SignedToken read() {
    try {
      return SignedToken.read(token, limit);
    } catch (RefusedToken e) {
      return null;
    }
  }

  private static @Nullable String decoded(String part) {
    try {
      byte[] octets = StrictBase64Url.decode(part, 0, part.length());
      return octets.length == 0 ? null : new String(octets, StandardCharsets.UTF_8);
    } catch (RefusedToken e) {
      return null;
    }
  }

  private static @Nullable VerificationKey signer(SignedToken token, Issuer issuer) {
    Algorithm algorithm = Algorithm.named(token.algorithm());
    KeySet keys = issuer.keys().current();
    return algorithm == null || keys == null ? null : keys.signer(token, algorithm);
  }

  private String detail(
      Refused refusal,
      @Nullable SignedToken read,
      @Nullable Issuer issuer,
      List<IssuerConfig> all) {
    if (!refusal.detail().isEmpty()) {
      return refusal.detail();
    }
    if (read == null) {
      return malformed();
    }
    return issuer == null
        ? ReasonWords.unknownIssuer(read, all)
        : new ReasonWords(read, issuer, now).of(refusal.reason());
  }

  private String malformed() {
    if (token.length() > limit) {
      return "it has %d characters; limits.token is %d".formatted(token.length(), limit);
    }
    if (token.indexOf(' ') >= 0) {
      return "there is a space in it: the token alone is meant, without Bearer before it";
    }
    if (!CompactJws.threeParts(token)) {
      return "it is not three parts with a dot between them, none of them empty";
    }
    String[] parts = token.split("\\.", -1);
    try {
      Map<String, Object> header = part("header", parts[0], StrictJson.Unique.AT_ANY_DEPTH);
      part("payload", parts[1], StrictJson.Unique.AT_THE_TOP);
      if (decoded(parts[2]) == null) {
        return "its signature is no canonical base64url (RFC 7515 §2)";
      }
      return header.containsKey("crit") || header.containsKey("b64")
          ? "its header has crit or b64: no extension is understood here"
          : "its header has no alg, or an alg, kid or typ that is not text";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Map<String, Object> part(String name, String part, StrictJson.Unique unique) {
    byte[] octets;
    try {
      octets = StrictBase64Url.decode(part, 0, part.length());
    } catch (RefusedToken e) {
      throw new IllegalArgumentException(
          "its " + name + " is no canonical base64url (RFC 7515 §2)", e);
    }
    try {
      return StrictJson.object(octets, unique);
    } catch (RefusedToken e) {
      throw new IllegalArgumentException(
          "its " + name + " is no JSON object in UTF-8 without a name that stands twice", e);
    }
  }
}
