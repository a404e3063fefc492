package dev.discreet.testing;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

/** Runs out of memory when it is told to: for what is read, or for what is written. */
public final class FailingAllocator extends AbstractByteBufAllocator {
  private volatile boolean reads;
  private volatile boolean writes;

  /** From now on nothing can be read. */
  public void failReads() {
    reads = true;
  }

  /** From now on nothing can be written. */
  public void failWrites() {
    writes = true;
  }

  @Override
  public ByteBuf ioBuffer(int capacity) {
    return have(reads, super.ioBuffer(capacity));
  }

  @Override
  public ByteBuf buffer(int capacity) {
    return have(writes, super.buffer(capacity));
  }

  private static ByteBuf have(boolean none, ByteBuf buffer) {
    if (none) {
      buffer.release();
      throw new OutOfMemoryError("a test's");
    }
    return buffer;
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    return UnpooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false;
  }
}
