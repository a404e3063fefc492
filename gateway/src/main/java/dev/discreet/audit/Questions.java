package dev.discreet.audit;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Asks for the paths of a pair in one protocol, at the rate and within the limits of an audit. */
final class Questions {
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
  private final Map<Oracle, Integer> counts = new EnumMap<>(Oracle.class);
  private final UnsafeMethods unsafe;
  private final Set<Variant> tried = new HashSet<>();
  private boolean echoes;
  private int silent;

  Questions(
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

  boolean maySend(Variant variant) {
    return variant.protocols().contains(protocol) && (unsafe.allowed() || !variant.unsafe());
  }

  /** {@return how many requests each oracle was given the chance to speak to} */
  Map<Oracle, Integer> counts() {
    return counts;
  }

  /** {@return whether an answer repeated the path} */
  boolean echoes() {
    return echoes;
  }

  /**
   * {@return what came of both paths, asked by turns in random order} What could change something
   * asks for the missing path first, once: if that is allowed, no other is.
   */
  Asked asked(Variant variant, int rounds) throws IOException {
    Asked result = new Asked();
    for (int round = 0; round < rounds && maySend(variant); round++) {
      boolean known = !variant.unsafe() || !tried.add(variant);
      boolean hiddenFirst = known && random.nextBoolean();
      ask(variant, hiddenFirst, result);
      if (maySend(variant)) {
        ask(variant, !hiddenFirst, result);
      }
    }
    return result;
  }

  private void ask(Variant variant, boolean hidden, Asked result) throws IOException {
    String path = hidden ? pair.hidden() : pair.missing();
    Observation seen = asked(variant, path);
    (hidden ? result.hidden() : result.missing()).add(seen);
    if (variant.unsafe() && seen.succeeded()) {
      unsafe.forbid(
          "%s of %s was answered %d: the caller may do that. Methods that could change something were not sent any more"
              .formatted(variant.title(), path, seen.status()));
    }
  }

  /** {@return what came of a path, with what repeats it blanked} */
  Observation asked(Variant variant, String path) throws IOException {
    List<Ask> asks =
        variant.asks(target.base() + path, target.base() + pair.missing(), settings.token());
    Observation seen = exchanged(asks);
    giveUpOnSilence(seen);
    List<String> sent = asks.stream().map(Ask::path).toList();
    String other = path.equals(pair.missing()) ? pair.hidden() : path;
    Traces traces = Traces.of(other, pair.missing(), sent);
    Observation blanked = seen.changed((aspect, value) -> traces.blank(value));
    echoes |= Traces.in(blanked);
    counts.merge(variant.oracle(), 1, Integer::sum);
    return blanked;
  }

  private Observation exchanged(List<Ask> asks) throws IOException {
    if (pace.over()) {
      throw new TimeUp();
    }
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
          "%d requests in a row had no whole answer: nothing for %d s, or no end of it"
              .formatted(SILENT + 1, Settings.PATIENCE.answer() / 1000));
    }
  }
}
