package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an answer is taken for made of the path, and which paths show that. */
class PathValuesTest {
  private static List<String> made(String hidden, String missing, String... controls) {
    return new PathValues(hidden, missing, List.of(controls), false)
        .made().stream().map(each -> each.hidden() + " " + each.missing()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "each its own, a1, b2, c3 d4, true",
    "one shared with the hidden path, a1, b2, a1 d4, false",
    "one shared with the missing path, a1, b2, b2 d4, false",
    "one for all that are made up, a1, b2, c3 c3, false",
    "of another length, xyz, gh, ij kl, false",
    "of any length, xyz, gh, ijkl m, true",
    "a number with a digit less, 999, 1000, 1001 1002, true",
    "a number with two digits less, 99, 1000, 1001 1002, false"
  })
  void aTextIsMadeOfThePath(
      String title, String hidden, String missing, String controls, boolean made) {
    assertThat(made(hidden, missing, controls.split(" ", -1))).as(title).hasSize(made ? 1 : 0);
  }

  @Test
  void theRestIsCompared() {
    assertThat(made("{\"a\":\"x1\",\"b\":1}", "{\"a\":\"x2\",\"b\":2}", "{\"a\":\"x3\",\"b\":2}"))
        .containsExactly("x1 x2");
    assertThat(made("no x1", "no: x2", "no: x3")).isEmpty();
    assertThat(made("no x1", "no x2", "no x3", "no: x4")).containsExactly("no x1 no x2");
  }

  @Test
  void aDateOfTheSameMomentIsThatOfTheFirstAsk() {
    String missing = "Sat, 28 Nov 2026 17:00:00 GMT";
    assertThat(made("Sat, 28 Nov 2026 16:59:59 GMT", missing, missing)).hasSize(1);
    assertThat(made("Sat, 28 Nov 2026 15:59:59 GMT", missing, missing)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/things/4711, /things/4712, /things/[1-9]{4}",
    "/things/7/parts, /things/8/parts, /things/[1-79]/parts",
    "/things/new.pdf, /things/old.pdf, /things/[a-z]{3}[.]pdf",
    "/a?id=Nu, /a?id=Mo, /a[?]id=[A-Z][a-z]",
    "/a/%20a, /a/%20b, /a/%20[ac-z]",
    "/u/2f6b3f0e-0c55-4bd2-9b1e-aaaaaaaaaaaa, /u/2f6b3f0e-0c55-4bd2-9b1e-bbbbbbbbbbbb, /u/2f6b3f0e-0c55-4bd2-9b1e-bbbb[acdef]{8}"
  })
  void pathsAreMadeUpInTheSameShape(String hidden, String missing, String shape) {
    Pair pair = new Pair(hidden, missing);
    List<String> paths = ControlPaths.madeUp(pair, List.of(pair), new SplittableRandom(1));
    assertThat(paths).hasSizeGreaterThan(2).doesNotHaveDuplicates().doesNotContain(hidden, missing);
    assertThat(paths).allMatch(path -> path.matches(shape), shape);
  }

  @Test
  void pathsOfOtherPairsAreKnown() {
    Pair pair = new Pair("/things/11", "/things/22");
    List<Pair> pairs =
        List.of(
            pair,
            new Pair("/things/33", "/things/44"),
            new Pair("/things/55", "/things/666"),
            new Pair("/things/77", "/t/ngs/888"));
    assertThat(ControlPaths.known(pair, pairs)).containsExactly("/things/44");
  }
}
