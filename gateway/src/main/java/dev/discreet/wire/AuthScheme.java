package dev.discreet.wire;

import org.jspecify.annotations.Nullable;

/** A scheme of {@code authorization} whose credential is a token, in any case (RFC 9110 §11.1). */
public enum AuthScheme {
  /** RFC 6750 §2.1. */
  BEARER("bearer"),
  /** RFC 9449 §7.1. */
  DPOP("dpop");

  private final String name;

  AuthScheme(String name) {
    this.name = name;
  }

  /** {@return whether the field is of this scheme} */
  public boolean is(String authorization) {
    return authorization.regionMatches(true, 0, name, 0, name.length())
        && (authorization.length() == name.length()
            || authorization.charAt(name.length()) == ' '
            // Not the scheme's form, but some upstream may read a token there: it is a bad one.
            || authorization.charAt(name.length()) == '\t'
            || authorization.charAt(name.length()) == ',');
  }

  /** {@return the token, empty where the scheme stands alone; null where it is another scheme} */
  public @Nullable String token(@Nullable String authorization) {
    if (authorization == null || !is(authorization)) {
      return null;
    }
    int from = name.length();
    while (from < authorization.length() && authorization.charAt(from) == ' ') {
      from++;
    }
    return authorization.substring(from);
  }
}
