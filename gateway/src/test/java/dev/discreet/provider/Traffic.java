package dev.discreet.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Callers who go on asking for what they may have, each with one token after the other. */
final class Traffic implements AutoCloseable {
  private static final int CALLERS = 3;
  private static final int REQUESTS_PER_TOKEN = 5;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final String path;
  private final TestGateway gateway;
  private final Callable<String> tokens;
  private volatile boolean over;

  /** Begins, with the next of {@code tokens} once a token has been used a few times. */
  Traffic(TestGateway gateway, String path, Callable<String> tokens) {
    this.gateway = gateway;
    this.path = path;
    this.tokens = tokens;
    for (int i = 0; i < CALLERS; i++) {
      callers.execute(this::ask);
    }
  }

  private void ask() {
    try (RawClient client = new RawClient(gateway.address())) {
      while (!over) {
        String token = DocumentsWorld.bearer(tokens.call());
        for (int i = 0; i < REQUESTS_PER_TOKEN; i++) {
          RawClient.Answer answer =
              client.send(TestGateway.request("GET", path, token)).read("GET");
          if (answer.status() != 200) {
            failures.add(answer.head() + answer.body());
          }
          answered.incrementAndGet();
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    } catch (Exception e) {
      failures.add(e.toString());
    }
  }

  /** Waits until so many more requests were answered. */
  void goOnFor(int requests) {
    int enough = answered.get() + requests;
    Eventually.holds("the traffic goes on", () -> answered.get() >= enough || !failures.isEmpty());
  }

  /** Waits until so much time has passed. */
  void goOnFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0 && failures.isEmpty()) {
      goOnFor(1);
    }
  }

  /** Ends it, and fails if any request did. */
  void end() throws InterruptedException {
    over = true;
    callers.shutdown();
    assertThat(callers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(failures).isEmpty();
  }

  @Override
  public void close() {
    over = true;
    callers.close();
  }
}
