package dev.discreet.identity;

/** Why a credential is not valid: the first of these that applies (SPEC §3, 401). */
public enum Reason {
  MALFORMED("malformed"),
  WRONG_ISSUER("wrong issuer"),
  WRONG_SIGNATURE("wrong signature or key"),
  WRONG_TYPE("wrong type"),
  EXPIRED("expired"),
  NOT_YET_VALID("not yet valid"),
  WRONG_AUDIENCE("wrong audience"),
  MISSING_CLAIM("missing claim");

  private final String description;

  Reason(String description) {
    this.description = description;
  }

  /** {@return the {@code error_description} of the challenge} */
  public String description() {
    return description;
  }

  /** {@return the label of metrics} */
  String label() {
    return description.replace(' ', '_');
  }
}
