package dev.discreet.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks for both paths in every way, by turns and in random order, and compares all that comes back.
 * Requests that could change something are kept back where the caller might be allowed to, and end
 * with the first that was.
 */
final class ByteAudit {
  private static final int UNAUTHORIZED = 401;

  private final Protocol protocol;
  private final Pair pair;
  private final Settings settings;
  private final Questions questions;
  private final PathControl control;
  private final List<Difference> differences = new ArrayList<>();
  private final Set<Oracle> asGet = EnumSet.noneOf(Oracle.class);
  private final Set<String> varying = new TreeSet<>();
  private final Set<String> notices = new LinkedHashSet<>();
  private final UnsafeMethods unsafe;
  private final Asked plain = new Asked();
  private @Nullable Map<String, Comparison.Apart> told;
  private boolean concluded;
  private int ways;

  /**
   * An audit of answers.
   *
   * @param pairs all that are audited, {@code pair} among them
   */
  ByteAudit(
      Target target,
      Protocol protocol,
      Pair pair,
      List<Pair> pairs,
      Settings settings,
      Pace pace,
      UnsafeMethods unsafe) {
    this.protocol = protocol;
    this.pair = pair;
    this.settings = settings;
    this.unsafe = unsafe;
    questions = new Questions(target, protocol, pair, settings, pace, unsafe);
    control = new PathControl(questions, pair, pairs, settings.seed());
  }

  /**
   * {@return what the answers tell}
   *
   * @param variants beside the plain request
   * @throws IOException if the deployment can't be reached
   */
  ByteResult run(List<Variant> variants) throws IOException {
    begin();
    ask(variants);
    end();
    return result();
  }

  /**
   * Makes the plain request, by which it shows whether there is anything to compare.
   *
   * @throws IOException if the deployment can't be reached, or refuses the token
   */
  void begin() throws IOException {
    Asked first = questions.asked(Variants.PLAIN, settings.rounds());
    guard(first);
    plain.hidden().addAll(first.hidden());
    plain.missing().addAll(first.missing());
    Oracle.OF_ANY_ANSWER.forEach(
        each -> questions.counts().merge(each, 2 * settings.rounds(), Integer::sum));
  }

  /** Compares what the plain request brought, once, and asks in further ways. */
  void ask(List<Variant> variants) throws IOException {
    if (told == null) {
      told = toldByPlain();
      told.forEach((aspect, apart) -> add(Variants.PLAIN, Oracle.of(aspect), aspect, apart));
      ways++;
    }
    Set<String> known = told.keySet();
    for (Variant variant : concluded ? List.<Variant>of() : variants) {
      if (questions.maySend(variant)) {
        Asked first = questions.asked(variant, settings.rounds());
        compareTokens(variant, first);
        confirmed(variant, first, known)
            .forEach((aspect, apart) -> add(variant, variant.oracle(), aspect, apart));
        ways++;
      }
    }
  }

  /** What is waited for in vain is not asked again: that would take minutes, and say no more. */
  private Map<String, Comparison.Apart> toldByPlain() throws IOException {
    boolean oneUnanswered = plain.oneUnanswered();
    Map<String, Comparison.Apart> apart =
        oneUnanswered && plain.silent()
            ? plain.comparison(control.made()).differences()
            : confirmed(Variants.PLAIN, plain, Set.of());
    concluded = oneUnanswered && !apart.isEmpty();
    if (concluded) {
      notices.add(
          "of %s and %s one alone is answered: in %s they were asked for in no further way, and not timed"
              .formatted(pair.hidden(), pair.missing(), protocol.title()));
    }
    return apart;
  }

  /** {@return whether nothing more is to be asked of this pair, as one path has no answer} */
  boolean concluded() {
    return concluded;
  }

  /** A token that is not accepted is a stranger's: hidden and missing are alike to anybody then. */
  private void compareTokens(Variant variant, Asked seen) {
    Plain answered = Plain.of(seen.hidden(), seen.missing());
    if (variant.caller() == Variant.Caller.GARBAGE
        && variant.method().equals("GET")
        && answered.equals(Plain.of(plain.hidden(), plain.missing()))) {
      notices.add(
          "with a token that is none, the paths are %s too: see whether --token is accepted there at all"
              .formatted(answered));
    }
  }

  Protocol protocol() {
    return protocol;
  }

  Pair pair() {
    return pair;
  }

  /** {@return in how many ways it was asked, the plain one among them} */
  int ways() {
    return ways;
  }

  ByteResult result() {
    notices.addAll(control.notices());
    return new ByteResult(
        protocol,
        pair,
        Plain.of(plain.hidden(), plain.missing()),
        questions.counts(),
        differences,
        asGet,
        varying,
        control.made().aspects(),
        questions.echoes(),
        List.copyOf(notices));
  }

  /** Sends it once for each path: what may be changed shows before it is timed. */
  void rehearse(Variant variant) throws IOException {
    questions.asked(variant, 1);
  }

  /** Before anything is sent that could change a resource: is it the caller's to change? */
  private void guard(Asked plain) throws IOException {
    int status = plain.hidden().getFirst().status();
    if (status == UNAUTHORIZED && plain.missing().getFirst().status() == status) {
      throw new IOException("the token is refused: both paths are answered 401");
    }
    keepBack(pair.hidden(), plain.hidden());
    keepBack(pair.missing(), plain.missing());
  }

  /** Who brings the paths may be wrong about either. */
  private void keepBack(String path, List<Observation> plain) {
    for (Observation seen : plain) {
      if (!seen.refused()) {
        unsafe.forbid(
            (seen.succeeded()
                        ? "the caller may see %s (%d)"
                        : "%s is answered %d, which refuses nothing")
                    .formatted(path, seen.status())
                + ": methods that could change something were not sent");
      }
    }
  }

  /** {@return the differences that show again, but for aspects that are {@code known} to differ} */
  private Map<String, Comparison.Apart> confirmed(Variant variant, Asked first, Set<String> known)
      throws IOException {
    if (!questions.maySend(variant)) {
      return permitted(first);
    }
    Comparison comparison = first.comparison(control.made());
    Map<String, Comparison.Apart> differences = comparison.differences();
    varying.addAll(comparison.varying());
    if (differences.keySet().removeIf(each -> known.contains(Observation.ofAnyAnswer(each)))) {
      asGet.add(variant.oracle());
    }
    if (differences.isEmpty()) {
      return differences;
    }
    Asked again = questions.asked(variant, settings.again());
    return questions.maySend(variant)
        ? told(variant, again, differences.keySet())
        : permitted(again);
  }

  /** {@return those of the suspected that are beyond chance, and not made of the path} */
  private Map<String, Comparison.Apart> told(Variant variant, Asked again, Set<String> suspected)
      throws IOException {
    Map<String, Comparison.Apart> told = again.comparison(control.made()).confirmed(suspected);
    if (!variant.unsafe() && !told.isEmpty()) {
      control.learn(variant, again, told.keySet());
      Set<String> left = again.comparison(control.made()).confirmed(told.keySet()).keySet();
      told.keySet().retainAll(left);
    }
    return told;
  }

  /** What could change something ended when the caller turned out to be allowed it. */
  private static Map<String, Comparison.Apart> permitted(Asked first) {
    if (first.hidden().isEmpty() || first.missing().isEmpty()) {
      return Map.of();
    }
    Observation hidden = first.hidden().getLast();
    Observation missing = first.missing().getLast();
    return hidden.succeeded() == missing.succeeded()
        ? Map.of()
        : Map.of(
            Observation.STATUS, new Comparison.Apart("" + hidden.status(), "" + missing.status()));
  }

  private void add(Variant variant, Oracle oracle, String aspect, Comparison.Apart apart) {
    differences.add(
        new Difference(oracle, variant.title(), aspect, apart.hidden(), apart.missing()));
  }

  /** A token that ended, or a limit that was reached, has made the rest of the answers one. */
  void end() throws IOException {
    if (concluded) {
      return;
    }
    int before = plain.missing().getFirst().status();
    Asked last = questions.asked(Variants.PLAIN, 1);
    int after = last.missing().getFirst().status();
    plain.hidden().addAll(last.hidden());
    plain.missing().addAll(last.missing());
    if (after != before) {
      notices.add(
          "%s was answered %d at first and %d at last: what lies between may have missed something"
              .formatted(pair.missing(), before, after));
    }
  }
}
