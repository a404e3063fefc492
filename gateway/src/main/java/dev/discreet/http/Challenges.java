package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.config.ResourceMetadata;
import dev.discreet.config.TokenSource;
import dev.discreet.http.Answer.Field;
import dev.discreet.identity.Reason;
import dev.discreet.policy.StepUp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal says of how to get in ({@code WWW-Authenticate}, RFC 9110 §11.6.1): a challenge
 * for each scheme that is read, and what went wrong in that of the scheme that was used (RFC 9449
 * §7.2).
 */
final class Challenges {
  private static final TokenSource BEARER = new TokenSource.Bearer();
  private static final TokenSource DPOP = new TokenSource.Dpop();

  private final @Nullable String bearer;
  private final @Nullable String dpop;
  // On each 401: where a client finds out how to get a token (RFC 9728 §5.1).
  private final String metadata;

  /** Makes the challenges of a gateway with this configuration. */
  Challenges(GatewayConfig config) {
    List<TokenSource> sources = config.tokenFrom();
    String realm = "realm=" + quoted(config.realm());
    boolean provenOnly = sources.contains(DPOP) && !sources.contains(BEARER);
    bearer = provenOnly ? null : "Bearer " + realm;
    dpop =
        sources.contains(DPOP)
            ? "DPoP " + realm + ", algs=" + quoted(String.join(" ", config.proofAlgorithms()))
            : null;
    ResourceMetadata document = config.resourceMetadata();
    metadata = document == null ? "" : ", resource_metadata=" + quoted(document.url());
  }

  /** {@return what is said where no credential came: no error code (RFC 6750 §3.1)} */
  List<Field> credential() {
    return fields(metadata, "", null);
  }

  /** {@return what is said of a credential that is not valid (RFC 6750 §3.1)} */
  List<Field> invalidToken(Reason reason, TokenSource used) {
    String error = ", error=\"invalid_token\", error_description=" + quoted(reason.description());
    return fields(metadata, error, used);
  }

  /** {@return what is said where another token could carry what is missing (RFC 6750 §3.1)} */
  List<Field> insufficientScope(String scope, @Nullable TokenSource used) {
    return fields("", ", error=\"insufficient_scope\", scope=" + quoted(scope), used);
  }

  /** {@return what is said to who must authenticate more strongly or anew (RFC 9470 §3)} */
  List<Field> insufficientAuthentication(StepUp asked, @Nullable TokenSource used) {
    StringBuilder error = new StringBuilder(", error=\"insufficient_user_authentication\"");
    if (!asked.acr().isEmpty()) {
      error.append(", acr_values=").append(quoted(String.join(" ", asked.acr())));
    }
    if (asked.maxAge() != null) {
      error.append(", max_age=\"").append(asked.maxAge().toSeconds()).append('"');
    }
    return fields(metadata, error.toString(), used);
  }

  /**
   * {@return the challenges}
   *
   * @param each what each of them says
   * @param error what is said in that of the scheme that was used; of a token from a header of its
   *     own, or a cookie, in the first
   */
  private List<Field> fields(String each, String error, @Nullable TokenSource used) {
    boolean ofBearer = bearer != null && !DPOP.equals(used);
    List<Field> fields = new ArrayList<>();
    if (bearer != null) {
      fields.add(challenge(bearer + each + (ofBearer ? error : "")));
    }
    if (dpop != null) {
      fields.add(challenge(dpop + each + (ofBearer ? "" : error)));
    }
    return fields;
  }

  private static Field challenge(String challenge) {
    return new Field("www-authenticate", challenge);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
