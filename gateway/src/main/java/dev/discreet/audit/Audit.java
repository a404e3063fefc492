package dev.discreet.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * An audit: the first pair in every way, the others by the plain request; then the times of all. To
 * be run once.
 */
public final class Audit {
  private final Target target;
  private final List<Pair> pairs;
  private final Settings settings;
  private final Set<Protocol> protocols;
  private final Consumer<String> progress;
  private final Deadline deadline;
  private final Pace pace;
  private final UnsafeMethods unsafe;
  private final Set<String> notices = new LinkedHashSet<>();
  private final List<ByteAudit> asked = new ArrayList<>();
  private final List<TimeResult> times = new ArrayList<>();

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
    this(
        target,
        pairs,
        settings,
        protocols,
        progress,
        new Deadline(settings.budget(), System::nanoTime));
  }

  Audit(
      Target target,
      List<Pair> pairs,
      Settings settings,
      Set<Protocol> protocols,
      Consumer<String> progress,
      Deadline deadline) {
    this.target = target;
    this.pairs = List.copyOf(pairs);
    this.settings = settings;
    this.protocols = protocols;
    this.progress = progress;
    this.deadline = deadline;
    pace = new Pace(settings.perSecond(), deadline);
    unsafe = new UnsafeMethods(settings.unsafeMethods());
  }

  /**
   * {@return what was found, as far as the audit came}
   *
   * @throws IOException if the deployment can't be reached, or refuses the token
   */
  public AuditResult run() throws IOException {
    pairs.forEach(this::compareLengths);
    List<Protocol> spoken = spoken();
    String ended = "";
    boolean whole = false;
    try {
      boolean all = ask(spoken);
      time(spoken);
      whole = all;
    } catch (TimeUp e) {
      // What was left out is told below.
    } catch (IOException e) {
      if (asked.isEmpty()) {
        throw e;
      }
      ended = String.valueOf(e.getMessage());
    }
    if (!whole) {
      notices.add(leftOut(spoken, ended));
    }
    return result(whole, ended);
  }

  /**
   * Asks for the first pair first, and for it in ways that could change something last: by then it
   * shows whether the caller may see any other.
   *
   * @return whether there was time for all pairs
   */
  private boolean ask(List<Protocol> spoken) throws IOException {
    for (Protocol protocol : spoken) {
      progress.accept("asking in " + protocol.title());
      ask(begun(protocol, pairs.getFirst()), false);
    }
    List<ByteAudit> first = List.copyOf(asked);
    boolean all = true;
    for (Protocol protocol : spoken) {
      all &= askOthers(protocol, spoken.size());
    }
    if (!all) {
      unsafe.forbid(
          "not all pairs were asked for: methods that could change something were not sent");
    }
    for (int i = 0; i < first.size(); i++) {
      ask(first.get(i), true);
      first.get(i).end();
    }
    return all;
  }

  /** Asks for the plain request's sake first, then oracle by oracle: each is told. */
  private void ask(ByteAudit audit, boolean changing) throws IOException {
    audit.ask(List.of());
    Map<Oracle, List<Variant>> byOracle =
        ways(audit.protocol(), changing).stream()
            .collect(
                Collectors.groupingBy(
                    Variant::oracle, LinkedHashMap::new, Collectors.toUnmodifiableList()));
    for (Map.Entry<Oracle, List<Variant>> each : byOracle.entrySet()) {
      if (!audit.concluded() && (!changing || unsafe.allowed())) {
        progress.accept(
            "asking in %s%s: %s"
                .formatted(
                    audit.protocol().title(),
                    changing ? " by what could change something" : "",
                    each.getKey().title()));
        audit.ask(each.getValue());
      }
    }
  }

  /** {@return whether there was time for all, and is for the measurements that come after them} */
  private boolean askOthers(Protocol protocol, int protocols) throws IOException {
    long timing = settings.triples() == 0 ? 0 : (long) protocols * methods() * settings.seconds();
    for (Pair pair : pairs.subList(1, pairs.size())) {
      if (!deadline.leaves(timing)) {
        return false;
      }
      ByteAudit audit = begun(protocol, pair);
      audit.ask(List.of());
      audit.end();
    }
    return true;
  }

  private ByteAudit begun(Protocol protocol, Pair pair) throws IOException {
    ByteAudit audit = bytes(protocol, pair);
    audit.begin();
    asked.add(audit);
    return audit;
  }

  private List<Variant> ways(Protocol protocol, boolean changing) {
    return Variants.all(target.authority()).stream()
        .filter(each -> each.protocols().contains(protocol) && each.unsafe() == changing)
        .toList();
  }

  private void time(List<Protocol> spoken) throws IOException {
    if (settings.triples() == 0) {
      return;
    }
    for (Protocol protocol : spoken) {
      time(protocol, "GET");
    }
    for (Protocol protocol : spoken) {
      rehearse(protocol);
      if (unsafe.allowed()) {
        time(protocol, "DELETE");
      }
    }
  }

  private void time(Protocol protocol, String method) throws IOException {
    Set<Pair> concluded =
        asked.stream()
            .filter(each -> each.protocol() == protocol && each.concluded())
            .map(ByteAudit::pair)
            .collect(Collectors.toSet());
    List<Pair> left = pairs.stream().filter(pair -> !concluded.contains(pair)).toList();
    if (!left.isEmpty()) {
      times.add(timed(protocol, method, left));
    }
  }

  /** {@return how many methods are timed} */
  private int methods() {
    return unsafe.allowed() ? 2 : 1;
  }

  private String leftOut(List<Protocol> spoken, String ended) {
    int ways = spoken.size() * pairs.size();
    for (Protocol protocol : spoken) {
      ways += ways(protocol, false).size();
      ways += settings.unsafeMethods() ? ways(protocol, true).size() : 0;
    }
    int left = ways - asked.stream().mapToInt(ByteAudit::ways).sum();
    int timings = settings.triples() == 0 ? 0 : spoken.size() * methods();
    return "%s: %d of %d ways to ask and %d of %d measurements of time were left out"
        .formatted(
            ended.isEmpty()
                ? "time was up after %d s (without --quick, or by a greater --rate, more is asked)"
                    .formatted(settings.budget())
                : "the audit ended early: " + ended,
            left,
            ways,
            Math.max(0, timings - times.size()),
            timings);
  }

  private AuditResult result(boolean whole, String ended) {
    List<ByteResult> answers = asked.stream().map(ByteAudit::result).toList();
    boolean telling = !answers.isEmpty();
    for (ByteResult answer : answers) {
      notices.addAll(answer.notices());
      telling &= tells(answer.plain());
    }
    notices.addAll(unsafe.notices());
    for (TimeResult time : times) {
      telling &= tells(time.statuses());
    }
    return new AuditResult(
        target, pairs, settings, answers, times, telling, whole, ended, List.copyOf(notices));
  }

  private boolean tells(Plain statuses) {
    if (!statuses.telling()) {
      notices.add(
          "the paths were %s: a limit, a failure, a redirect or one page for everything is the same for all that it meets, and says nothing of them. Raise the limit for this caller, lower --rate, or ask where the resources are"
              .formatted(statuses));
    }
    return statuses.telling();
  }

  private void rehearse(Protocol protocol) throws IOException {
    for (int i = 0; i < pairs.size() && unsafe.allowed(); i++) {
      bytes(protocol, pairs.get(i)).rehearse(UnsafeVariants.DELETE);
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

  private TimeResult timed(Protocol protocol, String method, List<Pair> some) throws IOException {
    if (pace.over()) {
      throw new TimeUp();
    }
    progress.accept("timing " + method + " in " + protocol.title());
    TimeResult result = new TimeAudit(target, some, protocol, method, settings, pace).run();
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
