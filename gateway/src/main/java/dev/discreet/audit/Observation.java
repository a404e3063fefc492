package dev.discreet.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/** All that could be seen of one exchange, aspect by aspect. */
final class Observation {
  static final String INTERIM = "interim answers";
  static final String INTERIM_NAMES = "names of interim headers";

  /** Before the name of a field of an interim answer, in lower case, for its values. */
  static final String INTERIM_FIELD = "interim header ";

  static final String STATUS = "status";
  static final String REASON = "reason";
  static final String NAMES = "header names";

  /** Before the name of a field, in lower case, for its values. */
  static final String FIELD = "header ";

  static final String BODY = "body";
  static final String FRAMING = "framing";
  static final String TRAILERS = "trailers";
  static final String CONNECTION = "connection";
  static final String REQUEST = "request body";

  private static final String GRPC_STATUS = FIELD + "grpc-status";
  private static final String OK = "0";
  private static final int TOO_MANY = 429;

  private final Map<String, String> aspects = new LinkedHashMap<>();
  private int status;
  private boolean silent;

  /** Notes an aspect; what is noted twice is joined. */
  void note(String aspect, String value) {
    aspects.merge(aspect, value, (before, more) -> before + " | " + more);
  }

  /** Notes the status of the final answer. */
  void status(String aspect, int code) {
    note(aspect, Integer.toString(code));
    status = status == 0 ? code : status;
  }

  /** Notes that no answer came, or no end of it. */
  void silent() {
    note(CONNECTION, "silent");
    silent = true;
  }

  /** {@return whether no answer came in time, or no end of it} */
  boolean isSilent() {
    return silent;
  }

  /** {@return the status of the first final answer, 0 if none came} */
  int status() {
    return status;
  }

  /** {@return whether the caller got what was asked for; 200 says nothing of that in gRPC} */
  boolean succeeded() {
    return succeeded(status) && aspects.getOrDefault(GRPC_STATUS, OK).equals(OK);
  }

  /** {@return whether it says that the caller may not; no limit and no failure says that} */
  boolean refused() {
    boolean byCall = status == 200 && !succeeded();
    return byCall || refused(status);
  }

  static boolean succeeded(int status) {
    return status >= 200 && status < 400;
  }

  static boolean refused(int status) {
    return status > 400 && status < 500 && status != TOO_MANY;
  }

  Map<String, String> aspects() {
    return Collections.unmodifiableMap(aspects);
  }

  /**
   * {@return the same, with the value of each aspect changed}
   *
   * @param change of an aspect and its value
   */
  Observation changed(BinaryOperator<String> change) {
    Observation changed = new Observation();
    changed.status = status;
    changed.silent = silent;
    aspects.forEach((aspect, value) -> changed.aspects.put(aspect, change.apply(aspect, value)));
    return changed;
  }

  /** {@return an aspect without the number of its answer among several} */
  static String ofAnyAnswer(String aspect) {
    return aspect.substring(aspect.lastIndexOf(": ") + 1).strip();
  }
}
