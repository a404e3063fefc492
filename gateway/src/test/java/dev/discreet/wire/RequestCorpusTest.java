package dev.discreet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.wire.SmugglingCorpus.Case;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RequestCorpusTest {
  private static final Pattern REFUSED = Pattern.compile("!(\\d+) $");

  /** Their framing is sound: method, target, host, expectation and credential are judged later. */
  private static final Set<String> JUDGED_LATER =
      Set.of(
          "S-248", "S-256", "S-258", "S-260", "S-262", "S-264", "S-266", "S-268", "S-270", "S-274",
          "S-280", "S-282", "S-284", "S-286", "S-288", "S-322", "S-324", "S-364");

  /** Where the corpus leaves the choice: leading zeros and an extension without a name. */
  private static final Set<String> REFUSED_BY_CHOICE = Set.of("S-124", "S-180");

  static List<Case> cases() {
    return SmugglingCorpus.ofKind("h1");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheOutcomeThatTheCorpusNames(Case attack) {
    boolean end = Set.of("reject", "abort").contains(attack.outcome());
    String outcome = Feed.requests(Feed.whole(attack.raw()), end);

    Matcher refusal = REFUSED.matcher(outcome);
    boolean refused = refusal.find();
    boolean expected =
        switch (attack.outcome()) {
          case "reject" -> !JUDGED_LATER.contains(attack.id());
          case "forward" -> false;
          case "reject_or_forward" -> REFUSED_BY_CHOICE.contains(attack.id());
          case "abort" -> true;
          default -> attack.id().equals("S-370");
        };
    assertThat(refused).as(outcome).isEqualTo(expected);
    if (refused) {
      assertThat(Integer.parseInt(refusal.group(1))).isIn(attack.statuses());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasOneOutcomeHoweverTheOctetsAreCut(Case attack) {
    String whole = Feed.requests(Feed.whole(attack.raw()), true);

    assertThat(Feed.requests(Feed.octets(attack.raw()), true)).isEqualTo(whole);
  }
}
