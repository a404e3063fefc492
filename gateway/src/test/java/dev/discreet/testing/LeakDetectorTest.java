package dev.discreet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

/** The detector itself must be able to find something. */
class LeakDetectorTest {
  @Test
  void findsALostBuffer() {
    lose();
    assertThat(LeakDetector.leaks()).hasSize(1);
  }

  private static void lose() {
    ByteBufAllocator.DEFAULT.buffer(16).writeByte(1);
  }
}
