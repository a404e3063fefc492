package dev.discreet.life;

import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Clients that each send one request after the other, of which each has one right answer, and keep
 * account of what was answered otherwise.
 */
final class SteadyCallers implements AutoCloseable {
  /** A request that was not answered as it should have been. */
  record Failure(Step step, long beganNanos, long endedNanos, int status, String what) {
    /** {@return whether it was under way at some time within these} */
    boolean during(long fromNanos, long toNanos) {
      return beganNanos - toNanos <= 0 && endedNanos - fromNanos >= 0;
    }
  }

  /**
   * What is asked, and answered.
   *
   * @param forwarded whether the upstream's answer is relayed, which says by which configuration
   */
  record Step(String method, String target, boolean anonymous, int status, boolean forwarded) {}

  /** What the steps are decided by, of an upstream called {@code api}. */
  static final String POLICY =
      """
      routes:
        - path: /accounts/{account}/documents
          upstream: api
          collection: true
          methods: {GET: documents:list, POST: documents:create}
        - path: /accounts/{account}/documents/{document}
          upstream: api
          methods: {GET: documents:read, DELETE: documents:delete}
          knownTo: documents:list
        - {path: '/accounts/{account}/login-options', upstream: api, methods: {GET: public}}
      grants:
        - {to: authenticated, permissions: token, resources: '/accounts/{claims.account}/**'}
      """;

  private static final String OWN = "/accounts/a1/documents/42";
  private static final List<Step> STEPS =
      List.of(
          new Step("GET", OWN, false, 200, true),
          new Step("POST", "/accounts/a1/documents", false, 200, true),
          new Step("DELETE", OWN, false, 403, false),
          new Step("GET", "/accounts/b9/documents/7", false, 404, false),
          new Step("GET", "/accounts/a1/login-options", true, 200, true),
          new Step("GET", OWN, true, 401, false));

  private final Supplier<String> token;
  private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
  private final Set<String> versions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger answered = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  /**
   * Begins.
   *
   * @param token asked for each request
   * @param http1 how many clients of HTTP/1.1 there are
   * @param http2 and of HTTP/2
   */
  SteadyCallers(InetSocketAddress address, Supplier<String> token, int http1, int http2) {
    this.token = token;
    for (int i = 0; i < http1; i++) {
      begin(new Line.Http1(address), i);
    }
    for (int i = 0; i < http2; i++) {
      begin(new Line.Http2(address), i);
    }
  }

  private void begin(Line line, int first) {
    threads.add(Thread.ofVirtual().start(() -> run(line, first)));
  }

  private void run(Line line, int first) {
    try (line) {
      for (int i = first; !over; i++) {
        ask(line, STEPS.get(i % STEPS.size()));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void ask(Line line, Step step) throws IOException {
    long began = System.nanoTime();
    try {
      String[] fields =
          step.anonymous() ? new String[0] : new String[] {"Authorization: Bearer " + token.get()};
      Line.Reply reply = line.call(step.method(), step.target(), fields);
      String wrong = wrong(step, reply);
      if (wrong.isEmpty()) {
        answered.incrementAndGet();
      } else {
        failures.add(new Failure(step, began, System.nanoTime(), reply.status(), wrong));
      }
    } catch (IOException | AssertionError e) {
      failures.add(new Failure(step, began, System.nanoTime(), 0, e.toString()));
      line.close();
    }
  }

  private String wrong(Step step, Line.Reply reply) {
    if (reply.status() != step.status()) {
      return "answered " + reply.status();
    }
    if (!step.forwarded()) {
      return "";
    }
    versions.add(reply.version());
    boolean one = !reply.version().isEmpty() && reply.version().equals(reply.body());
    return one ? "" : "sent by version " + reply.body() + " and answered by " + reply.version();
  }

  /** {@return a token of who asks} */
  static String token(TestIssuer issuer) {
    return issuer.token(
        "alice",
        Map.of("account", "a1", "scope", "documents:list documents:read documents:create"));
  }

  /** {@return how many requests were answered as they should be} */
  int answered() {
    return answered.get();
  }

  /** {@return the versions of the configuration that requests were decided by} */
  Set<String> versions() {
    return versions;
  }

  /** Ends; {@return what failed} */
  List<Failure> end() throws InterruptedException {
    over = true;
    for (Thread one : threads) {
      one.join();
    }
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    over = true;
  }
}
