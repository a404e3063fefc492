package dev.discreet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a class of tests that loses a buffer: to look after each test would take a quarter of the
 * build's time, and the records say where a buffer was last touched. Registered for all tests;
 * Netty's own detection, which is set to paranoid, only logs.
 */
public final class LeakDetector implements BeforeAllCallback, AfterAllCallback {
  private static final long PATIENCE_MILLIS = 10_000;
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  static {
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(
        new ResourceLeakDetectorFactory() {
          @Override
          @Deprecated
          public <T> ResourceLeakDetector<T> newResourceLeakDetector(
              Class<T> resource, int samplingInterval, long maxActive) {
            return new Recording<>(resource, samplingInterval);
          }

          @Override
          public <T> ResourceLeakDetector<T> newResourceLeakDetector(
              Class<T> resource, int samplingInterval) {
            return new Recording<>(resource, samplingInterval);
          }
        });
  }

  private static final class Recording<T> extends ResourceLeakDetector<T> {
    Recording(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
      LEAKS.add(resourceType + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
      LEAKS.add(resourceType);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    assertThat(leaks()).as("buffers that were not released").isEmpty();
  }

  /**
   * Collects what is unreachable, twice: by the second time, all that the first found has been told
   * of. The detector looks at what it was told of when a buffer is tracked.
   */
  static List<String> leaks() {
    collect();
    collect();
    ByteBufAllocator.DEFAULT.buffer().release();
    List<String> found = new ArrayList<>();
    for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
      found.add(leak);
    }
    return found;
  }

  private static void collect() {
    ReferenceQueue<Object> told = new ReferenceQueue<>();
    PhantomReference<Object> unreachable = new PhantomReference<>(new Object(), told);
    System.gc();
    try {
      assertThat(told.remove(PATIENCE_MILLIS)).isSameAs(unreachable);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
