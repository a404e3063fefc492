package dev.discreet.http;

import dev.discreet.http.Answer.Field;
import dev.discreet.identity.Reason;
import dev.discreet.policy.StepUp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a refusal says of how to get in ({@code WWW-Authenticate}, RFC 9110 §11.6.1). */
final class Challenges {
  private final String bearer;
  // What a 401 begins with: where a client finds out how to get a token (RFC 9728 §5.1).
  private final String bearer401;

  /**
   * Makes the challenges of a gateway.
   *
   * @param metadata where the document of RFC 9728 is, or null
   */
  Challenges(String realm, @Nullable String metadata) {
    bearer = "Bearer realm=" + quoted(realm);
    bearer401 = metadata == null ? bearer : bearer + ", resource_metadata=" + quoted(metadata);
  }

  /** {@return what is said where no credential came: no error code (RFC 6750 §3.1)} */
  List<Field> credential() {
    return fields(bearer401);
  }

  /** {@return what is said of a credential that is not valid (RFC 6750 §3.1)} */
  List<Field> invalidToken(Reason reason) {
    return fields(
        bearer401 + ", error=\"invalid_token\", error_description=" + quoted(reason.description()));
  }

  /** {@return what is said where another token could carry what is missing (RFC 6750 §3.1)} */
  List<Field> insufficientScope(String scope) {
    return fields(bearer + ", error=\"insufficient_scope\", scope=" + quoted(scope));
  }

  /** {@return what is said to who must authenticate more strongly or anew (RFC 9470 §3)} */
  List<Field> insufficientAuthentication(StepUp asked) {
    StringBuilder challenge =
        new StringBuilder(bearer401).append(", error=\"insufficient_user_authentication\"");
    if (!asked.acr().isEmpty()) {
      challenge.append(", acr_values=").append(quoted(String.join(" ", asked.acr())));
    }
    if (asked.maxAge() != null) {
      challenge.append(", max_age=\"").append(asked.maxAge().toSeconds()).append('"');
    }
    return fields(challenge.toString());
  }

  private static List<Field> fields(String challenge) {
    return List.of(new Field("www-authenticate", challenge));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
