package dev.discreet.attacks;

/**
 * A credential that must not be believed.
 *
 * @param name what it tries, behind the section of RFC 8725 where that names it
 * @param reason the {@code error_description} that SPEC §3 gives it
 */
record Attack(String name, String reason, String token) {
  static final String MALFORMED = "malformed";
  static final String WRONG_ISSUER = "wrong issuer";
  static final String WRONG_KEY = "wrong signature or key";
  static final String WRONG_TYPE = "wrong type";
  static final String EXPIRED = "expired";
  static final String NOT_YET_VALID = "not yet valid";
  static final String WRONG_AUDIENCE = "wrong audience";
  static final String MISSING_CLAIM = "missing claim";

  static Attack malformed(String name, String token) {
    return new Attack(name, MALFORMED, token);
  }

  static Attack wrongKey(String name, String token) {
    return new Attack(name, WRONG_KEY, token);
  }
}
