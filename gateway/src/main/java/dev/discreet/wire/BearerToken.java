package dev.discreet.wire;

import org.jspecify.annotations.Nullable;

/** The credential of {@code authorization: Bearer} (RFC 6750 §2.1), the scheme in any case. */
public final class BearerToken {
  private static final String SCHEME = "bearer";

  private BearerToken() {}

  /** {@return whether that is the scheme which is read here} */
  public static boolean isBearer(String authorization) {
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && (authorization.length() == SCHEME.length()
            || authorization.charAt(SCHEME.length()) == ' '
            // Not the scheme's form, but some upstream may read a token there: it is a bad one.
            || authorization.charAt(SCHEME.length()) == '\t'
            || authorization.charAt(SCHEME.length()) == ',');
  }

  /** {@return the token, empty where the scheme stands alone; null where the scheme is not read} */
  public static @Nullable String of(@Nullable String authorization) {
    if (authorization == null || !isBearer(authorization)) {
      return null;
    }
    int from = SCHEME.length();
    while (from < authorization.length() && authorization.charAt(from) == ' ') {
      from++;
    }
    return authorization.substring(from);
  }
}
