package dev.discreet.demo;

import java.io.IOException;

public final class Demo implements AutoCloseable {
  public static Demo start() throws IOException {
    if (System.nanoTime() != 0) {
      throw new IOException("stub");
    }
    return new Demo();
  }

  public String screen() {
    return "";
  }

  @Override
  public void close() {}
}
