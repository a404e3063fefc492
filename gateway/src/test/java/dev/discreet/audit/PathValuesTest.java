package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an answer is taken for made of the path, and which paths show that. */
class PathValuesTest {
  private static List<String> made(String hidden, String missing, String... controls) {
    return new PathValues(hidden, missing, List.of(controls), List.of())
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
    "a number with two digits less, 99, 1000, 1001 1002, false",
    "a number to the base 36 with a digit less, zq4xk, zq4xk9, abcxyz w7w7w7, true",
    "a word with a letter less, gamma, lambda, stigma digamma, true",
    "a word with a letter less where they have one length, gamma, lambda, stigma thetas, false",
    "much longer where lengths vary, da39a3ee5e6b4b0d3255, xy, xyz zy, false",
    "much shorter where lengths vary, x, da39a3ee5e6b4b0d3255x, da39a3ee5e6b4b0d32x da39a3ee5e6b4x, false"
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
    assertThat(made("so x1", "no x2", "no x3", "no: x4")).isEmpty();
    assertThat(made("no x1 is", "no x2 was", "no x3 was", "no: x4 was")).isEmpty();
  }

  @Test
  void whatIsCompressedIsOneText() {
    assertThat(made("\0 x(1 2", "\0 y2", "\0(z3", "\0 w,4")).hasSize(1);
    assertThat(made("\0 x1", "\0 y2", "\0 z3", "\0 y2")).isEmpty();
    assertThat(made("\0 x1, and far more than that", "\0 y2", "\0 z3", "\0 w4")).isEmpty();
  }

  /** Letters stand for what the paths have, those of the pair first. */
  @ParameterizedTest
  @CsvSource({
    "each its own, abcdefghijkl, mnopqrstuvwx, true",
    "dealt out to both, abcdefghabcd, dhgafbcehabb, true",
    "dealt out to both though this one is alone, zbcdefghabcd, dhgafbcehabb, true",
    "this one alone where no missing one is, zbabababbabb, abababababab, false",
    "one for all that are hidden, zzzzzzzzzzzz, dhgafbcehabb, false",
    "one for most that are hidden, zzzzzzzzzzza, dhgafbcehabb, false",
    "two for all that are hidden, zzyyzyzyzzyy, dhgafbcehabb, false",
    "one for all that are hidden and their own for others, zzzzzzzzzzzz, abcdefghijkl, false",
    "one for all that are hidden which a missing one has, aaaaaaaaaaaa, bahgdfbcehfg, false",
    "one for all that are missing, xa, aaa, false",
    "of two pairs, ab, bc, true"
  })
  void otherPairsShowWhatPathsShare(String title, String ofHidden, String ofMissing, boolean made) {
    List<String> hidden = List.of(ofHidden.split("", -1)).subList(0, ofHidden.length());
    List<String> missing = List.of(ofMissing.split("", -1)).subList(0, ofMissing.length());
    PathValues values =
        new PathValues(
            hidden.getFirst(),
            missing.getFirst(),
            missing.subList(1, missing.size()),
            hidden.subList(1, hidden.size()));
    assertThat(values.made()).as(title).hasSize(made ? 1 : 0);
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
    "/u/2f6b3f0e-0c55-4bd2-9b1e-aaaaaaaaaaaa, /u/ffffffff-ffff-4fff-9fff-ffffffffffff, /u/[a-e]{8}-[a-e]{4}-4[a-e]{3}-9[a-e]{3}-[a-e]{12}",
    "/u/01ab23cd, /u/45ef67ab, /u/[1-9]{2}[a-f]{2}[1-9]{2}[a-f]{2}",
    "/u/A1B, /u/B1C, /u/[A-Z]1[A-Z]"
  })
  void pathsAreMadeUpInTheSameShape(String hidden, String missing, String shape) {
    Pair pair = new Pair(hidden, missing);
    List<String> paths = ControlPaths.madeUp(pair, List.of(pair), new SplittableRandom(1));
    assertThat(paths).hasSizeGreaterThan(2).doesNotHaveDuplicates().doesNotContain(hidden, missing);
    assertThat(paths).allMatch(path -> path.matches(shape), shape);
    int own =
        IntStream.range(0, missing.length())
            .filter(at -> hidden.charAt(at) != missing.charAt(at))
            .filter(at -> isAltered(paths, missing, at))
            .findFirst()
            .orElseThrow();
    assertThat(Stream.concat(Stream.of(hidden, missing), paths.stream().limit(ControlPaths.ENOUGH)))
        .extracting(path -> path.charAt(own))
        .as("their first own characters")
        .doesNotHaveDuplicates();
  }

  private static boolean isAltered(List<String> paths, String missing, int at) {
    return paths.stream().anyMatch(path -> path.charAt(at) != missing.charAt(at));
  }

  @Test
  void pathsOfOtherPairsAreKnown() {
    Pair pair = new Pair("/things/11", "/things/22");
    List<Pair> pairs =
        List.of(
            pair,
            new Pair("/things/33", "/things/44"),
            new Pair("/things/55", "/things/666"),
            new Pair("/things/77", "/t/ngs/888"),
            new Pair("/things/88", "/boxes1/99"),
            new Pair("/boxes1/88", "/boxes1/99"));
    assertThat(ControlPaths.known(pair, pairs)).containsExactly(pairs.get(1));
  }
}
