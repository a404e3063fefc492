package dev.discreet.http;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Where the request log goes: a line can be waited for. */
final class RequestLines extends OutputStream {
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Override
  public synchronized void write(int octet) {
    if (octet == '\n') {
      lines.add(begun.toString(StandardCharsets.UTF_8));
      begun.reset();
    } else {
      begun.write(octet);
    }
  }

  /** {@return the line of the request that got this id} */
  String of(String requestId) {
    try {
      String line = lines.poll(10, TimeUnit.SECONDS);
      while (line != null && !line.contains("\"request_id\":\"" + requestId + '"')) {
        line = lines.poll(10, TimeUnit.SECONDS);
      }
      if (line == null) {
        throw new AssertionError("no line of " + requestId);
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
