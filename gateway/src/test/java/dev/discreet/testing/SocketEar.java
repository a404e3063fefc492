package dev.discreet.testing;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What a WebSocket client by the JDK hears. */
public final class SocketEar implements WebSocket.Listener {
  /** The code of what ended without a close frame (RFC 6455 §7.1.5). */
  public static final int BROKEN = 1006;

  private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final AtomicLong octets = new AtomicLong();
  private final StringBuilder partial = new StringBuilder();

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      said.add(partial.toString());
      partial.setLength(0);
    }
    return next(socket);
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    octets.addAndGet(data.remaining());
    return next(socket);
  }

  @Override
  public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
    said.add("pong " + message.remaining());
    return next(socket);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    closed.complete(BROKEN);
  }

  private static CompletionStage<?> next(WebSocket socket) {
    socket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  /** {@return the next message, or pong} */
  public String next() throws InterruptedException {
    return String.valueOf(said.poll(30, TimeUnit.SECONDS));
  }

  /** {@return how many octets of binary messages came so far} */
  public long octets() {
    return octets.get();
  }

  /** Waits for the end; {@return its code} */
  public int closed() throws Exception {
    return closed.get(30, TimeUnit.SECONDS);
  }
}
