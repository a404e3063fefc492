package dev.discreet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.GuardConfig;
import dev.discreet.config.GuardConfig.By;
import dev.discreet.testing.Eventually;
import io.netty.bootstrap.Bootstrap;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted, for whom and how long, to the nanosecond. */
class GuardTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration BLOCK = Duration.ofMinutes(5);
  private static final Duration NANO = Duration.ofNanos(1);
  private static final GuardConfig CONFIG =
      new GuardConfig(3, MINUTE, BLOCK, Set.of(By.SUBJECT, By.ADDRESS), null);

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);
  private final Guard guard = new Guard(CONFIG, new Bootstrap(), clock::get);
  private final Account alice = subject("alice");

  private Account subject(String name) {
    return Objects.requireNonNull(guard.subject("main", name, false));
  }

  private Account address(String text) {
    return Objects.requireNonNull(guard.address(InetAddress.ofLiteral(text), false));
  }

  private void charge(Account account, int times) {
    for (int i = 0; i < times; i++) {
      guard.charge(account);
    }
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void theLastRefusalThatIsAllowedBeginsTheBlock() {
    charge(alice, 2);
    assertThat(guard.blocked(alice)).isNull();
    charge(alice, 1);
    assertThat(guard.blocked(alice)).isEqualTo(BLOCK);
  }

  @Test
  void aBlockLastsAsLongAsItIsSaidTo() {
    charge(alice, 3);
    pass(BLOCK.minus(NANO));
    assertThat(guard.blocked(alice)).isEqualTo(NANO);
    pass(NANO);
    assertThat(guard.blocked(alice)).isNull();
  }

  @Test
  void whatComesWithinABlockIsNotCounted() {
    charge(alice, 3);
    pass(BLOCK.minus(NANO));
    charge(alice, 10);
    assertThat(guard.blocked(alice)).isEqualTo(NANO);
    pass(NANO);
    charge(alice, 2);
    assertThat(guard.blocked(alice)).as("counts anew").isNull();
    charge(alice, 1);
    assertThat(guard.blocked(alice)).isEqualTo(BLOCK);
  }

  @Test
  void aWindowBeginsWithItsFirstRefusalAndEndsAWindowLater() {
    charge(alice, 1);
    pass(MINUTE.minus(NANO));
    charge(alice, 1);
    pass(NANO);
    charge(alice, 2);
    assertThat(guard.blocked(alice)).as("two in each window").isNull();
    pass(MINUTE.minus(NANO));
    charge(alice, 1);
    assertThat(guard.blocked(alice)).as("the third of the second window").isEqualTo(BLOCK);
  }

  @Test
  void oneRefusalIsEnoughWhereOneIsTheLimit() {
    Guard strict =
        new Guard(
            new GuardConfig(1, MINUTE, BLOCK, Set.of(By.SUBJECT), null),
            new Bootstrap(),
            clock::get);
    strict.charge(alice);
    assertThat(strict.blocked(alice)).isEqualTo(BLOCK);
  }

  @Test
  void accountsAreKeptApart() {
    charge(alice, 3);
    charge(address("192.0.2.1"), 3);
    assertThat(guard.blocked(subject("Alice"))).isNull();
    assertThat(guard.blocked(Objects.requireNonNull(guard.subject("other", "alice", false))))
        .isNull();
    assertThat(guard.blocked(Objects.requireNonNull(guard.subject("main", "alice", true))))
        .as("on routes that observe")
        .isNull();
    assertThat(guard.blocked(address("192.0.2.2"))).isNull();
    assertThat(guard.blocked(alice)).isNotNull();
    assertThat(guard.blocked(address("192.0.2.1"))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "::ffff:192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
  })
  void anAddressOfIpv6IsItsPrefixOf64(String one, String other, boolean same) {
    assertThat(address(one).equals(address(other))).isEqualTo(same);
  }

  @Test
  void accountsSayWhoTheyAre() {
    assertThat(alice).hasToString("the subject alice of main");
    assertThat(address("192.0.2.1")).hasToString("the address 192.0.2.1");
    assertThat(address("2001:db8:1:2::1")).hasToString("the address 2001:db8:1:2::/64");
    assertThat(guard.subject("main", "alice", true))
        .hasToString("the subject alice of main (on routes that observe)");
  }

  @Test
  void whatIsNotCountedByHasNoAccount() {
    InetAddress client = InetAddress.ofLiteral("192.0.2.1");
    Guard off = new Guard(GuardConfig.OFF, new Bootstrap());
    assertThat(off.subject("main", "alice", false)).isNull();
    assertThat(off.address(client, false)).isNull();
    Guard bySubject =
        new Guard(new GuardConfig(3, MINUTE, BLOCK, Set.of(By.SUBJECT), null), new Bootstrap());
    assertThat(bySubject.subject("main", "alice", false)).isEqualTo(alice);
    assertThat(bySubject.address(client, false)).isNull();
    Guard byAddress =
        new Guard(new GuardConfig(3, MINUTE, BLOCK, Set.of(By.ADDRESS), null), new Bootstrap());
    assertThat(byAddress.subject("main", "alice", false)).isNull();
    assertThat(byAddress.address(client, false)).isEqualTo(address("192.0.2.1"));
  }

  @Test
  void aGuardThatIsConfiguredAsBeforeGoesOn() {
    charge(alice, 3);
    GuardConfig equal = new GuardConfig(3, MINUTE, BLOCK, Set.of(By.ADDRESS, By.SUBJECT), null);
    assertThat(guard.next(equal).blocked(alice)).isEqualTo(BLOCK);
    GuardConfig other = new GuardConfig(4, MINUTE, BLOCK, CONFIG.by(), null);
    assertThat(guard.next(other).blocked(alice)).isNull();
  }

  @Test
  void aFloodOfAddressesDrivesOutNoSubject() {
    charge(alice, 3);
    for (int i = 0; i < 300_000; i++) {
      charge(numbered(i), 3);
    }
    assertThat(guard.blocked(alice)).isEqualTo(BLOCK);
    Eventually.holds(
        "no more than 200,000 addresses are remembered",
        () ->
            IntStream.range(0, 300_000).filter(i -> guard.blocked(numbered(i)) != null).count()
                < 200_000);
  }

  private Account numbered(int number) {
    return address("10.%d.%d.%d".formatted(number >> 16, number >> 8 & 0xff, number & 0xff));
  }

  @Test
  void manyThreadsCountExactly() throws InterruptedException {
    int threads = 4;
    int each = 250;
    Guard counting =
        new Guard(
            new GuardConfig(threads * each, MINUTE, BLOCK, Set.of(By.SUBJECT), null),
            new Bootstrap(),
            clock::get);
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int less = i == 0 ? 1 : 0;
      all.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      start.await();
                    } catch (InterruptedException e) {
                      throw new AssertionError(e);
                    }
                    for (int n = less; n < each; n++) {
                      counting.charge(alice);
                    }
                  }));
    }
    start.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    assertThat(counting.blocked(alice)).as("one less than the limit").isNull();
    counting.charge(alice);
    assertThat(counting.blocked(alice)).isEqualTo(BLOCK);
  }
}
