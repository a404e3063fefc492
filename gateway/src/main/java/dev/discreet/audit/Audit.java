package dev.discreet.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An audit: the first pair in every way, the others by the plain request; then the times of all.
 */
public final class Audit {
  private final Target target;
  private final List<Pair> pairs;
  private final Settings settings;
  private final Set<Protocol> protocols;
  private final Consumer<String> progress;
  private final Pace pace;
  private final UnsafeMethods unsafe;
  private final Set<String> notices = new LinkedHashSet<>();

  /**
   * An audit to be run.
   *
   * @param protocols to be spoken, where the deployment does
   * @param progress is told what is being done
   */
  public Audit(
      Target target,
      List<Pair> pairs,
      Settings settings,
      Set<Protocol> protocols,
      Consumer<String> progress) {
    this.target = target;
    this.pairs = List.copyOf(pairs);
    this.settings = settings;
    this.protocols = protocols;
    this.progress = progress;
    pace = new Pace(settings.perSecond());
    unsafe = new UnsafeMethods(settings.unsafeMethods());
  }

  /**
   * {@return what was found}
   *
   * @throws IOException if the deployment can't be reached, or refuses the token
   */
  public AuditResult run() throws IOException {
    pairs.forEach(this::compareLengths);
    List<ByteResult> answers = new ArrayList<>();
    List<TimeResult> times = new ArrayList<>();
    for (Protocol protocol : spoken()) {
      progress.accept("asking in " + protocol.title());
      answers.addAll(asked(protocol));
      if (settings.triples() > 0) {
        times.add(timed(protocol, "GET"));
        rehearse(protocol);
        if (unsafe.allowed()) {
          times.add(timed(protocol, "DELETE"));
        }
      }
    }
    notices.addAll(unsafe.notices());
    boolean telling = true;
    for (ByteResult answer : answers) {
      telling &= tells(answer.plain());
    }
    for (TimeResult time : times) {
      telling &= tells(time.statuses());
    }
    return new AuditResult(target, pairs, settings, answers, times, telling, List.copyOf(notices));
  }

  private boolean tells(Plain statuses) {
    if (!statuses.telling()) {
      notices.add(
          "the paths were %s: a limit, a failure, a redirect or one page for everything is the same for all that it meets, and says nothing of them. Raise the limit for this caller, lower --rate, or ask where the resources are"
              .formatted(statuses));
    }
    return statuses.telling();
  }

  /** The first pair comes last: by then it shows whether the caller may see any other. */
  private List<ByteResult> asked(Protocol protocol) throws IOException {
    List<ByteResult> answers = new ArrayList<>();
    for (Pair pair : pairs.subList(1, pairs.size())) {
      answers.add(asked(protocol, pair, List.of()));
    }
    answers.addFirst(asked(protocol, pairs.getFirst(), Variants.all(target.authority())));
    return answers;
  }

  private void rehearse(Protocol protocol) throws IOException {
    for (int i = 0; i < pairs.size() && unsafe.allowed(); i++) {
      bytes(protocol, pairs.get(i)).rehearse(Variants.DELETE);
    }
  }

  private ByteAudit bytes(Protocol protocol, Pair pair) {
    return new ByteAudit(target, protocol, pair, pairs, settings, pace, unsafe);
  }

  private List<Protocol> spoken() throws IOException {
    List<Protocol> spoken = new ArrayList<>();
    Languages languages = new Languages(target, settings, pairs.getFirst().missing());
    for (Protocol protocol : protocols) {
      if (languages.spoken(protocol)) {
        spoken.add(protocol);
      } else {
        notices.add(protocol.title() + " is not spoken there");
      }
    }
    if (spoken.isEmpty()) {
      throw new IOException("nothing that was asked for is spoken there");
    }
    return spoken;
  }

  private ByteResult asked(Protocol protocol, Pair pair, List<Variant> variants)
      throws IOException {
    ByteResult answer = bytes(protocol, pair).run(variants);
    notices.addAll(answer.notices());
    return answer;
  }

  private TimeResult timed(Protocol protocol, String method) throws IOException {
    progress.accept("timing " + method + " in " + protocol.title());
    TimeResult result = new TimeAudit(target, pairs, protocol, method, settings, pace).run();
    if (result.allowed()) {
      unsafe.forbid(
          "%s was allowed (%s) as it was timed: methods that could change something were not sent any more"
              .formatted(method, result.statuses()));
    }
    return result;
  }

  private void compareLengths(Pair pair) {
    if (pair.hidden().length() != pair.missing().length()) {
      notices.add(
          "%s and %s differ in length: an answer that repeats the path, and the time it takes, may differ by that alone"
              .formatted(pair.hidden(), pair.missing()));
    }
  }
}
