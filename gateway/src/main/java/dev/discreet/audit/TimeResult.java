package dev.discreet.audit;

import java.util.List;

/**
 * What the times of one method in one protocol tell.
 *
 * @param triples how many were taken
 * @param judged the statistics; none where there were too few triples
 * @param samples what was measured
 * @param statuses of the answers that were timed
 * @param differences in how often each status came
 * @param allowed whether it ended because the caller may do what could change something
 * @param trouble why there are no more, or empty
 */
public record TimeResult(
    Protocol protocol,
    String method,
    int triples,
    List<Judged> judged,
    Samples samples,
    Plain statuses,
    List<Difference> differences,
    boolean allowed,
    String trouble) {
  /** {@return the worst of the statistics of time} */
  public Outcome outcome() {
    return judged.stream().map(Judged::outcome).reduce(Outcome::or).orElse(Outcome.UNDECIDED);
  }
}
