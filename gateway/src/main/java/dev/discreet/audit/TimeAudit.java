package dev.discreet.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Times triples of requests on one connection, for as long as it lasts: a hidden path, a missing
 * one, and a missing one again, which shows how far two that are alike differ. In every six triples
 * each order stands once, drawn at random, so that a place in the row or what went before favours
 * none.
 */
final class TimeAudit {
  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  /** How many triples must be taken, on the average, for each that fails. */
  private static final int WORTH = 20;

  private static final int WARM = 200;

  private final Target target;
  private final Settings settings;
  private final Pace pace;
  private final List<Pair> pairs;
  private final Protocol protocol;
  private final String method;
  private final SplittableRandom random;
  private final List<Ask> asks = new ArrayList<>();
  private final StatusCounts statuses = new StatusCounts();
  private final int[] alike;
  private final long[] times = new long[3];
  private final int[] drawn = {0, 1, 2, 3, 4, 5};
  private String trouble = "";
  private boolean allowed;

  TimeAudit(
      Target target,
      List<Pair> pairs,
      Protocol protocol,
      String method,
      Settings settings,
      Pace pace) {
    this.target = target;
    this.pairs = pairs;
    this.protocol = protocol;
    this.method = method;
    this.settings = settings;
    this.pace = pace;
    random = new SplittableRandom(settings.seed());
    for (Pair pair : pairs) {
      asks.add(ask(pair.hidden()));
      asks.add(ask(pair.missing()));
    }
    alike = alike(pairs);
  }

  /**
   * For each pair the one whose missing path is the second of its triples: another with as many
   * segments and octets, half the list of such pairs away. What asks for a path of another kind
   * takes another time.
   */
  private static int[] alike(List<Pair> pairs) {
    Map<List<Long>, List<Integer>> kinds = new HashMap<>();
    for (int pair = 0; pair < pairs.size(); pair++) {
      String path = pairs.get(pair).missing();
      List<Long> kind = List.of((long) path.length(), path.chars().filter(c -> c == '/').count());
      kinds.computeIfAbsent(kind, key -> new ArrayList<>()).add(pair);
    }
    int[] alike = new int[pairs.size()];
    for (List<Integer> kind : kinds.values()) {
      for (int i = 0; i < kind.size(); i++) {
        alike[kind.get(i)] = kind.get((i + kind.size() / 2) % kind.size());
      }
    }
    return alike;
  }

  private Ask ask(String path) {
    List<Field> fields = List.of(new Field("authorization", "Bearer " + settings.token()));
    return new Ask(method, target.base() + path, Ask.VERSION, fields, Body.NONE);
  }

  /**
   * {@return what the times tell; to be called once}
   *
   * @throws IOException if the deployment can't be reached
   */
  TimeResult run() throws IOException {
    int wanted = settings.triples();
    int warm = Math.max(WARM, wanted / 10);
    Samples samples = new Samples(wanted);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.seconds());
    long warmUntil = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.seconds()) / 4;
    int taken = -warm;
    int failed = 0;
    Stopwatch watch = Stopwatch.of(target, protocol, settings.agent(), asks);
    try {
      while (taken < wanted && !allowed && System.nanoTime() - deadline < 0 && !pace.over()) {
        if (taken < 0 && System.nanoTime() - warmUntil > 0) {
          taken = 0;
        }
        try {
          if (triple(watch, Math.floorMod(taken, wanted))) {
            keep(samples, taken);
            taken++;
          }
        } catch (IOException e) {
          trouble = String.valueOf(e.getMessage());
          if (++failed > WORTH + (taken + warm) / WORTH) {
            break;
          }
          watch.close();
          watch = Stopwatch.of(target, protocol, settings.agent(), asks);
        }
      }
    } finally {
      watch.close();
    }
    note(watch.connections() - 1);
    return result(samples.first(Math.max(0, taken)));
  }

  private void note(int renewed) {
    if (trouble.isEmpty() && renewed > 0) {
      trouble = "%d times, as the server ended them".formatted(renewed);
    }
  }

  private TimeResult result(Samples all) {
    List<Judged> judged = new TimeJudgement(all, settings.bounds(), settings.seed()).judged();
    List<Difference> told = statuses.differences(method + " as it was timed");
    Plain plain = statuses.plain();
    return new TimeResult(protocol, method, all.size(), judged, all, plain, told, allowed, trouble);
  }

  /** {@return whether it is whole: nothing more is sent once the caller is allowed a change} */
  private boolean triple(Stopwatch watch, int index) throws IOException {
    int pair = index % pairs.size();
    pace.await(times.length);
    for (int who : order(index)) {
      times[who] = watch.time(who == 0 ? 2 * pair : 2 * (who == 1 ? pair : alike[pair]) + 1);
      int status = watch.status();
      statuses.count(who == 0, status);
      allowed = !Variant.SAFE.contains(method) && Observation.succeeded(status);
      if (allowed) {
        return false;
      }
    }
    return true;
  }

  /** The next of the orders that are left, by Fisher and Yates' shuffle. */
  private int[] order(int index) {
    int place = index % ORDERS.length;
    int swap = place + random.nextInt(ORDERS.length - place);
    int order = drawn[swap];
    drawn[swap] = drawn[place];
    drawn[place] = order;
    return ORDERS[order];
  }

  private void keep(Samples samples, int at) {
    if (at >= 0) {
      samples.hidden()[at] = times[0];
      samples.missing()[at] = times[1];
      samples.floor()[at] = times[2];
    }
  }
}
