package dev.discreet.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the answers in one protocol tell.
 *
 * @param pair that was asked for
 * @param plain what the plain GET is answered
 * @param asked how many requests each oracle was given the chance to speak to
 * @param differences what tells hidden from missing
 * @param asGet the oracles whose answers differ as those of the plain GET do
 * @param varying what varies by itself, and was compared by its length
 * @param made what holds texts that are made of the path, and were blanked
 * @param echoes whether answers repeat the path, which was blanked before they were compared
 * @param notices what the reader of a report should know
 */
public record ByteResult(
    Protocol protocol,
    Pair pair,
    Plain plain,
    Map<Oracle, Integer> asked,
    List<Difference> differences,
    Set<Oracle> asGet,
    Set<String> varying,
    Set<String> made,
    boolean echoes,
    List<String> notices) {
  /** {@return what one oracle tells} */
  public List<Difference> differences(Oracle oracle) {
    return differences.stream().filter(each -> each.oracle() == oracle).toList();
  }

  /** {@return what can be said of one oracle: FAIL, PASS, or AS GET where nothing can} */
  public String outcome(Oracle oracle) {
    if (!differences(oracle).isEmpty()) {
      return Outcome.FAIL.name();
    }
    return asGet.contains(oracle) ? "AS GET" : Outcome.PASS.name();
  }

  /** {@return the oracles that had their chance, by number} */
  public List<Oracle> oracles() {
    return Arrays.stream(Oracle.values())
        .filter(each -> asked.containsKey(each) || !differences(each).isEmpty())
        .toList();
  }
}
