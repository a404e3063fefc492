package dev.discreet.policy;

/** The rows of the decision table (SPEC §2) that the core itself can reach. */
public enum Row {
  PUBLIC("2"),
  ANONYMOUS("3"),
  NO_ROUTE("4"),
  PERMITTED("5"),
  STEP_UP("5b"),
  EMPTY_LIST("6"),
  HIDDEN("7"),
  KNOWN_TO_UPSTREAM("7u"),
  LACKING("8"),
  LACKING_ABSENT("9"),
  LACKING_UNKNOWN("10"),
  METHOD_HIDDEN("11"),
  METHOD_NOT_NAMED("12");

  private final String number;

  Row(String number) {
    this.number = number;
  }

  /** {@return the row's number in the table} */
  public String number() {
    return number;
  }
}
