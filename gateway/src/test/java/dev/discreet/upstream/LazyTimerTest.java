package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LazyTimerTest {
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final List<String> fired = new ArrayList<>();
  private final LazyTimer timer = new LazyTimer(loop, () -> fired.add("timer"));

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /**
   * Does something on the loop; {@return what has fired when the deadlines that it set are past}
   */
  private List<String> after(Runnable action) throws Exception {
    loop.submit(action).get();
    return loop.schedule(() -> List.copyOf(fired), 20, TimeUnit.MILLISECONDS).get();
  }

  @Test
  void itFiresOnceAtTheDeadline() throws Exception {
    assertThat(after(() -> timer.arm(Duration.ofMillis(1)))).containsExactly("timer");
  }

  @Test
  void theDeadlineThatIsSetLastCounts() throws Exception {
    assertThat(
            after(
                () -> {
                  timer.arm(Duration.ofMillis(1));
                  timer.arm(Duration.ofHours(1));
                }))
        .isEmpty();
    assertThat(after(() -> timer.arm(Duration.ofMillis(1)))).containsExactly("timer");
  }

  @Test
  void onceCancelledItIsNeverArmed() throws Exception {
    assertThat(
            after(
                () -> {
                  timer.arm(Duration.ofMillis(1));
                  timer.cancel();
                  timer.arm(Duration.ofMillis(1));
                }))
        .isEmpty();
  }
}
