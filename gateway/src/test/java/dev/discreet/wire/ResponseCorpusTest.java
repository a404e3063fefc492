package dev.discreet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.wire.SmugglingCorpus.Case;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ResponseCorpusTest {
  /** That a 101 was not asked for, and that a request was cut short, is the caller's to know. */
  private static final Set<String> JUDGED_LATER = Set.of("S-510", "S-530");

  static List<Case> cases() {
    return SmugglingCorpus.ofKind("upstream");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheOutcomeThatTheCorpusNames(Case attack) {
    String outcome = whole(attack);

    boolean refused = outcome.contains("!502");
    boolean expected =
        !JUDGED_LATER.contains(attack.id())
            && Set.of("gateway_error", "relay_or_502", "abort").contains(attack.outcome());
    assertThat(refused).as(outcome).isEqualTo(expected);
    if (attack.outcome().equals("abort")) {
      assertThat(outcome).startsWith("[HTTP/1.1 200").doesNotContain(" end ");
    } else if (refused) {
      assertThat(outcome).startsWith("!502");
    }
    if (attack.connection().contains("closed") && !attack.id().equals("S-530")) {
      assertThat(outcome).endsWith("spent");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasOneOutcomeHoweverTheOctetsAreCut(Case attack) {
    HttpMethod method = HttpMethod.valueOf(attack.requestMethod());

    assertThat(Feed.response(method, Feed.octets(attack.raw()), attack.thenClose()))
        .isEqualTo(whole(attack));
  }

  private static String whole(Case attack) {
    HttpMethod method = HttpMethod.valueOf(attack.requestMethod());
    return Feed.response(method, Feed.whole(attack.raw()), attack.thenClose());
  }
}
