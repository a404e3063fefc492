package dev.discreet.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * What an audit found.
 *
 * @param target the deployment
 * @param pairs what was compared
 * @param answers what the answers tell, for each protocol that it speaks
 * @param times what the times tell
 * @param telling whether plain requests were answered by something that says what a resource is to
 *     the caller
 * @param whole whether all was asked that was to be
 * @param ended why it was not, where the deployment was at fault; else empty
 * @param notices what the reader should know
 */
public record AuditResult(
    Target target,
    List<Pair> pairs,
    Settings settings,
    List<ByteResult> answers,
    List<TimeResult> times,
    boolean telling,
    boolean whole,
    String ended,
    List<String> notices) {

  /**
   * {@return what tells hidden from missing, but for time; a status that plain answers tell, once}
   */
  public List<Difference> differences() {
    List<Difference> all = new ArrayList<>();
    answers.forEach(each -> all.addAll(each.differences()));
    if (all.stream().noneMatch(each -> each.oracle() == Oracle.STATUS)) {
      times.forEach(each -> all.addAll(each.differences()));
    }
    return all;
  }

  /** {@return the worst that was found} */
  public Outcome outcome() {
    Outcome time = times.stream().map(TimeResult::outcome).reduce(Outcome::or).orElse(Outcome.PASS);
    if (!differences().isEmpty()) {
      return Outcome.FAIL;
    }
    return telling && whole ? time : time.or(Outcome.UNDECIDED);
  }

  /** {@return the outcome in a sentence} */
  public String verdict() {
    if (differences().isEmpty() && outcome() == Outcome.FAIL) {
      return outcome() + ": time tells hidden from missing; the answers do not";
    }
    if (times.isEmpty() && outcome() == Outcome.PASS) {
      return outcome()
          + ": of the answers alone, which do not tell hidden from missing; time was not measured";
    }
    List<String> parts = new ArrayList<>();
    int differences = differences().size();
    parts.add(
        differences == 0
            ? telling
                ? (whole ? "the answers" : "the answers that came")
                    + " do not tell hidden from missing"
                : "the answers that came say nothing of resources"
            : "the answers tell hidden from missing, in "
                + differences
                + (differences == 1 ? " way" : " ways"));
    if (times.isEmpty()) {
      parts.add("time was not measured");
    } else {
      Outcome time = times.stream().map(TimeResult::outcome).reduce(Outcome::or).orElseThrow();
      parts.add(
          switch (time) {
            case PASS ->
                (differences == 0 ? "nor does time" : "time does not") + ", within the bounds";
            case FAIL -> "so does time";
            case UNDECIDED -> "of time, this run can't say";
          });
    }
    return outcome() + ": " + String.join("; ", parts);
  }
}
