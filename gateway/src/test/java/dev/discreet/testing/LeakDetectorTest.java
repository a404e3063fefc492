package dev.discreet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The detector itself must be able to find something. */
class LeakDetectorTest {
  @Test
  void findsALostBuffer() {
    lose();
    List<String> found = new ArrayList<>();
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (found.isEmpty() && System.nanoTime() < deadline) {
      found.addAll(LeakDetector.leaks());
    }
    assertThat(found).hasSize(1);
  }

  private static void lose() {
    ByteBufAllocator.DEFAULT.buffer(16).writeByte(1);
  }
}
