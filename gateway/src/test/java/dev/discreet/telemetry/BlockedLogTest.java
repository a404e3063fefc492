package dev.discreet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SPEC §8: when stdout blocks, lines are dropped and counted; nobody waits. */
@Timeout(30)
class BlockedLogTest {
  private static final RequestLine LINE = Lines.concealed("/a", "s");
  private static final int BEYOND = 7;

  @Test
  void linesBeyondTheQueueAreDroppedAndCounted() throws InterruptedException {
    Blocked out = new Blocked();
    Telemetry telemetry = Telemetry.create(Lines.JSON, out.stream());
    telemetry.log().write(LINE);
    assertThat(out.reached.await(10, TimeUnit.SECONDS)).isTrue();

    for (int i = 0; i < RequestLogWriter.CAPACITY + BEYOND; i++) {
      telemetry.log().write(LINE);
    }
    assertThat(telemetry.scrape()).contains("\ndiscreet_log_dropped_total 7.0\n");

    out.release.countDown();
    telemetry.close();
    assertThat(out.written.toString(StandardCharsets.UTF_8).lines())
        .hasSize(1 + RequestLogWriter.CAPACITY);
  }

  @Test
  void longLinesAreBoundedByTheirLength() throws InterruptedException {
    Blocked out = new Blocked();
    Telemetry telemetry = Telemetry.create(Lines.JSON, out.stream());
    telemetry.log().write(LINE);
    assertThat(out.reached.await(10, TimeUnit.SECONDS)).isTrue();

    RequestLine longLine = Lines.concealed("/" + "a".repeat(64 << 10), "s");
    int fitting = RequestLogWriter.MOST_CHARACTERS / longLine.length();
    for (int i = 0; i < fitting + BEYOND; i++) {
      telemetry.log().write(longLine);
    }
    assertThat(telemetry.scrape()).contains("\ndiscreet_log_dropped_total 7.0\n");

    out.release.countDown();
    telemetry.close();
    assertThat(out.written.toString(StandardCharsets.UTF_8).lines()).hasSize(1 + fitting);
  }

  @Test
  void closingWaitsForABlockedOutputForABoundedTime() throws InterruptedException {
    Blocked out = new Blocked();
    Telemetry telemetry = Telemetry.create(Lines.JSON, out.stream());
    telemetry.log().write(LINE);
    assertThat(out.reached.await(10, TimeUnit.SECONDS)).isTrue();

    long before = System.nanoTime();
    telemetry.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    out.release.countDown();
  }

  /** An output whose first write lasts until it is released. */
  private static final class Blocked extends OutputStream {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    final ByteArrayOutputStream written = new ByteArrayOutputStream();

    PrintStream stream() {
      return new PrintStream(this, false, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int octet) {
      written.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
      reached.countDown();
      awaitRelease();
      written.write(octets, offset, length);
    }

    /** Like a pipe that nobody reads, it does not care for interrupts. */
    private void awaitRelease() {
      boolean interrupted = false;
      while (true) {
        try {
          release.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
