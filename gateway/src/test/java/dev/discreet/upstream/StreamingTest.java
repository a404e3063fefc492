package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** 64 MiB in each direction, while the other side is slow: what is under way stays small. */
class StreamingTest {
  private static final int PART = 32 << 10;
  private static final long WHOLE = 64L << 20;

  @Test
  void anAnswerWaitsForItsClient() throws Exception {
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(
                      connection, "HTTP/1.1 200 OK\r\nContent-Length: " + WHOLE + "\r\n\r\n");
                  byte[] part = new byte[PART];
                  for (long sent = 0; sent < WHOLE; sent += PART) {
                    connection.getOutputStream().write(part);
                  }
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      AtomicLong most = new AtomicLong();
      AtomicReference<ForwardedExchange> exchange = new AtomicReference<>();
      // Takes 128 KiB, then nothing until its loop has turned twice.
      RecordingSink sink =
          new RecordingSink() {
            private long taken;

            @Override
            public void content(HttpContent part) {
              super.content(part);
              most.accumulateAndGet(octets.get() - taken, Math::max);
              if (writable && octets.get() - taken >= 128 << 10) {
                writable = false;
                gateway.loop.execute(() -> gateway.loop.execute(this::resume));
              }
            }

            private void resume() {
              taken = octets.get();
              writable = true;
              exchange.get().clientWritable(true);
            }
          };
      sink.keepBody = false;
      gateway
          .loop
          .submit(
              () -> {
                exchange.set(gateway.forward(gateway.loop, sink, "GET", false));
                return null;
              })
          .get(10, TimeUnit.SECONDS);
      assertThat(sink.end.get(60, TimeUnit.SECONDS)).isEqualTo("done");
      assertThat(sink.octets).hasValue(WHOLE);
      assertThat(most.get()).isLessThanOrEqualTo(256 << 10);
    }
  }

  @Test
  void aBodyWaitsForItsUpstream() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    CompletableFuture<Long> received = new CompletableFuture<>();
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  try {
                    assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  connection.getInputStream().skipNBytes(WHOLE);
                  received.complete(WHOLE);
                  RawUpstream.write(connection, "HTTP/1.1 204 No\r\n\r\n");
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      AtomicReference<ForwardedExchange> exchange = new AtomicReference<>();
      AtomicLong given = new AtomicLong();
      RecordingSink sink =
          new RecordingSink() {
            @Override
            public void wantBody() {
              gateway.loop.execute(
                  () -> {
                    boolean last = given.addAndGet(PART) == WHOLE;
                    byte[] octets = new byte[PART];
                    exchange
                        .get()
                        .body(
                            last
                                ? new DefaultLastHttpContent(Unpooled.wrappedBuffer(octets))
                                : new DefaultHttpContent(Unpooled.wrappedBuffer(octets)));
                  });
            }
          };
      gateway
          .loop
          .submit(
              () -> {
                exchange.set(
                    gateway.forward(gateway.loop, sink, "PUT", true, "content-length", "" + WHOLE));
                return null;
              })
          .get(10, TimeUnit.SECONDS);
      long before = -1;
      while (before != given.get()) {
        before = given.get();
        for (int i = 0; i < 50; i++) {
          gateway.loop.schedule(() -> {}, 10, TimeUnit.MILLISECONDS).get();
        }
      }
      assertThat(given.get()).as("what the kernel holds, and little more").isLessThan(16 << 20);
      read.countDown();
      assertThat(received.get(60, TimeUnit.SECONDS)).isEqualTo(WHOLE);
      assertThat(sink.ended()).isEqualTo("done");
      assertThat(sink.status).isEqualTo(204);
    }
  }
}
