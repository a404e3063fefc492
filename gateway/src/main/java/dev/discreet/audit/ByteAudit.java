package dev.discreet.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Asks for both paths in every way, by turns and in random order, and compares all that comes back.
 * Requests that could change something are kept back where the caller might be allowed to, and end
 * with the first that was.
 */
final class ByteAudit {
  private static final int UNAUTHORIZED = 401;

  /** As many exchanges in a row without an answer, and the plain request is asked to show one. */
  private static final int SILENT = 3;

  /** What is asked once more on each connection of HTTP/1.1, to see whether it lives. */
  private static final int FOLLOWING = 1;

  private final Target target;
  private final Protocol protocol;
  private final Pair pair;
  private final Settings settings;
  private final Pace pace;
  private final Asker asker;
  private final SplittableRandom random;
  private final Map<Oracle, Integer> asked = new EnumMap<>(Oracle.class);
  private final List<Difference> differences = new ArrayList<>();
  private final Set<Oracle> asGet = EnumSet.noneOf(Oracle.class);
  private final Set<String> varying = new TreeSet<>();
  private final Set<String> notices = new LinkedHashSet<>();
  private final UnsafeMethods unsafe;
  private boolean echoes;
  private int silent;

  ByteAudit(
      Target target,
      Protocol protocol,
      Pair pair,
      Settings settings,
      Pace pace,
      UnsafeMethods unsafe) {
    this.target = target;
    this.protocol = protocol;
    this.pair = pair;
    this.settings = settings;
    this.pace = pace;
    random = new SplittableRandom(settings.seed());
    this.unsafe = unsafe;
    asker =
        protocol == Protocol.H1
            ? new Http1Asker(target, settings.agent(), next(), Settings.PATIENCE)
            : new Http2Asker(target, settings.agent(), Settings.PATIENCE);
  }

  private Ask next() {
    return Ask.get(
        target.base() + pair.missing(),
        new Field("authorization", "Bearer " + settings.token()),
        new Field("connection", "close"));
  }

  /** What came of both paths. */
  private static final class Asked {
    final List<Observation> hidden = new ArrayList<>();
    final List<Observation> missing = new ArrayList<>();

    Comparison comparison() {
      return new Comparison(hidden, missing);
    }
  }

  /**
   * {@return what the answers tell}
   *
   * @param variants beside the plain request
   * @throws IOException if the deployment can't be reached
   */
  ByteResult run(List<Variant> variants) throws IOException {
    Asked plain = asked(Variants.PLAIN, settings.rounds());
    Oracle.OF_ANY_ANSWER.forEach(each -> asked.merge(each, 2 * settings.rounds(), Integer::sum));
    guard(plain);
    Map<String, Comparison.Apart> told = confirmed(Variants.PLAIN, plain, Set.of());
    told.forEach((aspect, apart) -> add(Variants.PLAIN, Oracle.of(aspect), aspect, apart));
    for (Variant variant : variants) {
      if (variant.protocols().contains(protocol) && maySend(variant)) {
        confirmed(variant, asked(variant, settings.rounds()), told.keySet())
            .forEach((aspect, apart) -> add(variant, variant.oracle(), aspect, apart));
      }
    }
    stillAnswered(plain);
    return new ByteResult(
        protocol,
        pair,
        Plain.of(plain.hidden, plain.missing),
        asked,
        differences,
        asGet,
        varying,
        echoes,
        List.copyOf(notices));
  }

  /** Sends it once for each path: what may be changed shows before it is timed. */
  void rehearse(Variant variant) throws IOException {
    asked(variant, 1);
  }

  private boolean maySend(Variant variant) {
    return unsafe.allowed() || !variant.unsafe();
  }

  /** Before anything is sent that could change a resource: is it the caller's to change? */
  private void guard(Asked plain) throws IOException {
    int status = plain.hidden.getFirst().status();
    if (status == UNAUTHORIZED && plain.missing.getFirst().status() == status) {
      throw new IOException("the token is refused: both paths are answered 401");
    }
    keepBack(pair.hidden(), plain.hidden);
    keepBack(pair.missing(), plain.missing);
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

  /**
   * What could change something asks for the missing path first: if that is allowed, no other is.
   */
  private Asked asked(Variant variant, int rounds) throws IOException {
    Asked result = new Asked();
    for (int round = 0; round < rounds && maySend(variant); round++) {
      boolean hiddenFirst = !variant.unsafe() && random.nextBoolean();
      ask(variant, hiddenFirst, result);
      if (maySend(variant)) {
        ask(variant, !hiddenFirst, result);
      }
    }
    asked.merge(variant.oracle(), result.hidden.size() + result.missing.size(), Integer::sum);
    return result;
  }

  private void ask(Variant variant, boolean hidden, Asked result) throws IOException {
    String path = hidden ? pair.hidden() : pair.missing();
    List<Ask> asks =
        variant.asks(target.base() + path, target.base() + pair.missing(), settings.token());
    Observation seen = exchanged(asks);
    giveUpOnSilence(seen);
    List<String> sent = asks.stream().map(Ask::path).toList();
    Observation blanked = seen.without(Traces.of(pair.hidden(), pair.missing(), sent));
    echoes |= Traces.in(blanked);
    (hidden ? result.hidden : result.missing).add(blanked);
    if (variant.unsafe() && seen.succeeded()) {
      unsafe.forbid(
          "%s of %s was answered %d: the caller may do that. Methods that could change something were not sent any more"
              .formatted(variant.title(), path, seen.status()));
    }
  }

  private Observation exchanged(List<Ask> asks) throws IOException {
    pace.await(asks.size() + (protocol == Protocol.H1 ? FOLLOWING : 0));
    return asker.ask(asks);
  }

  /** Some requests may rightly stay unanswered; where the plain one does too, nothing is said. */
  private void giveUpOnSilence(Observation seen) throws IOException {
    silent = seen.isSilent() ? silent + 1 : 0;
    if (silent < SILENT) {
      return;
    }
    silent = 0;
    List<Ask> plain =
        Variants.PLAIN.asks(
            target.base() + pair.missing(), target.base() + pair.missing(), settings.token());
    if (exchanged(plain).isSilent()) {
      throw new IOException(
          "%d requests in a row had no whole answer within %d s"
              .formatted(SILENT + 1, Settings.PATIENCE.answer() / 1000));
    }
  }

  /** {@return the differences that show again, but for aspects that are {@code known} to differ} */
  private Map<String, Comparison.Apart> confirmed(Variant variant, Asked first, Set<String> known)
      throws IOException {
    if (!maySend(variant)) {
      return permitted(first);
    }
    Map<String, Comparison.Apart> differences = first.comparison().differences();
    varying.addAll(first.comparison().varying());
    if (differences.keySet().removeIf(aspect -> known.contains(ofAnyAnswer(aspect)))) {
      asGet.add(variant.oracle());
    }
    if (differences.isEmpty()) {
      return differences;
    }
    Asked again = asked(variant, settings.again());
    return maySend(variant) ? again.comparison().confirmed(differences.keySet()) : permitted(again);
  }

  /** What could change something ended when the caller turned out to be allowed it. */
  private static Map<String, Comparison.Apart> permitted(Asked first) {
    if (first.hidden.isEmpty() || first.missing.isEmpty()) {
      return Map.of();
    }
    Observation hidden = first.hidden.getLast();
    Observation missing = first.missing.getLast();
    return hidden.succeeded() == missing.succeeded()
        ? Map.of()
        : Map.of(
            Observation.STATUS, new Comparison.Apart("" + hidden.status(), "" + missing.status()));
  }

  /** The aspect without the number of its answer among several. */
  private static String ofAnyAnswer(String aspect) {
    return aspect.substring(aspect.lastIndexOf(": ") + 1).strip();
  }

  private void add(Variant variant, Oracle oracle, String aspect, Comparison.Apart apart) {
    differences.add(
        new Difference(oracle, variant.title(), aspect, apart.hidden(), apart.missing()));
  }

  /** A token that ended, or a limit that was reached, has made the rest of the answers one. */
  private void stillAnswered(Asked plain) throws IOException {
    int before = plain.missing.getFirst().status();
    Asked last = asked(Variants.PLAIN, 1);
    int after = last.missing.getFirst().status();
    plain.hidden.addAll(last.hidden);
    plain.missing.addAll(last.missing);
    if (after != before) {
      notices.add(
          "%s was answered %d at first and %d at last: what lies between may have missed something"
              .formatted(pair.missing(), before, after));
    }
  }
}
