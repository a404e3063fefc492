package dev.discreet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The judgement of times, on times that are made up. */
class StatisticsTest {
  private static final Bounds BOUNDS = new Bounds(100, 0.01, 0.0025);
  private static final int TRIPLES = 150_000;

  /** Times with a long tail and a drift that neighbours share. */
  private static Samples samples(long seed, int triples, double shift, double rare) {
    SplittableRandom random = new SplittableRandom(seed);
    Samples samples = new Samples(triples);
    double drift = 0;
    for (int i = 0; i < triples; i++) {
      drift = 0.999 * drift + 200 * (random.nextDouble() - 0.5);
      samples.missing()[i] = time(random, drift);
      samples.floor()[i] = time(random, drift);
      double detour = random.nextDouble() < rare ? 5e6 : 0;
      samples.hidden()[i] = time(random, drift) + Math.round(shift + detour);
    }
    return samples;
  }

  private static long time(SplittableRandom random, double drift) {
    return Math.round(30_000 + drift - 3_000 * Math.log(1 - random.nextDouble()));
  }

  private static List<Outcome> outcomes(Samples samples) {
    return new TimeJudgement(samples, BOUNDS, 1).judged().stream().map(Judged::outcome).toList();
  }

  @Test
  void nothingIsPassed() {
    for (int seed = 0; seed < 5; seed++) {
      assertThat(outcomes(samples(seed, TRIPLES, 0, 0)))
          .containsExactly(Outcome.PASS, Outcome.PASS, Outcome.PASS);
    }
  }

  @Test
  void aShiftIsFoundAndMeasured() {
    List<Judged> judged = new TimeJudgement(samples(1, TRIPLES, 200, 0), BOUNDS, 1).judged();
    assertThat(judged.get(0).outcome()).isEqualTo(Outcome.FAIL);
    assertThat(judged.get(0).difference().value()).isBetween(150.0, 250.0);
    assertThat(judged.get(0).floor()).isBetween(-50.0, 50.0);
    assertThat(judged.get(1).outcome()).isEqualTo(Outcome.FAIL);
    assertThat(judged.get(2).outcome()).isEqualTo(Outcome.PASS);
  }

  @Test
  void aRareDetourIsFoundThoughNoMedianShowsIt() {
    assertThat(outcomes(samples(1, TRIPLES, 0, 0.01)))
        .startsWith(Outcome.PASS)
        .endsWith(Outcome.FAIL);
  }

  @Test
  void fewTriplesDecideNothing() {
    assertThat(outcomes(samples(1, 200, 0, 0)))
        .containsExactly(Outcome.UNDECIDED, Outcome.UNDECIDED, Outcome.UNDECIDED);
    assertThat(outcomes(samples(1, TimeJudgement.LEAST - 1, 0, 0))).isEmpty();
  }

  @Test
  void theIntervalOfTheMedianHoldsItInNineteenOfTwenty() {
    int held = 0;
    for (int seed = 0; seed < 400; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] series = random.doubles(1_000).map(Math::log).toArray();
      Interval interval = Medians.interval(series, 50);
      held += interval.low() <= -Math.log(2) && -Math.log(2) <= interval.high() ? 1 : 0;
    }
    // Order statistics are on the safe side; 400 draws of 95 % stray by 9 at most, nearly always.
    assertThat(held).isBetween(371, 400);
  }

  @Test
  void oneSeedGivesOneJudgement() {
    Samples samples = samples(3, 5_000, 0, 0);
    assertThat(new TimeJudgement(samples, BOUNDS, 7).judged())
        .isEqualTo(new TimeJudgement(samples, BOUNDS, 7).judged());
  }

  @Test
  void anIntervalAcrossABoundDecidesNothing() {
    assertThat(new Interval(0, -99, 99).against(100)).isEqualTo(Outcome.PASS);
    assertThat(new Interval(90, 50, 130).against(100)).isEqualTo(Outcome.UNDECIDED);
    assertThat(new Interval(150, 101, 200).against(100)).isEqualTo(Outcome.FAIL);
    assertThat(new Interval(-150, -200, -101).against(100)).isEqualTo(Outcome.FAIL);
    assertThat(new Interval(10, -30, 50).resolution()).isEqualTo(40);
  }

  /** By hand; the fourth is of the lady who tastes tea. */
  @Test
  void fishersExactTest() {
    assertThat(FisherTest.level(12, 12, 0, 12)).isCloseTo(3.698e-7, within(1e-10));
    assertThat(FisherTest.level(0, 12, 12, 12)).isCloseTo(3.698e-7, within(1e-10));
    assertThat(FisherTest.level(11, 12, 0, 12)).isCloseTo(4.807e-6, within(1e-9));
    assertThat(FisherTest.level(3, 4, 1, 4)).isCloseTo(0.2429, within(1e-4));
    assertThat(FisherTest.level(0, 8000, 40, 4000)).isCloseTo(7.2e-20, within(1e-20));
    assertThat(FisherTest.level(6, 12, 6, 12)).isCloseTo(0.6579, within(1e-3));
  }
}
