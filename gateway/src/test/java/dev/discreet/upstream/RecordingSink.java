package dev.discreet.upstream;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A client's side that keeps what it is told. */
class RecordingSink implements ResponseSink {
  /** How it ended: {@code done}, {@code cut}, or the failure's name. */
  final CompletableFuture<String> end = new CompletableFuture<>();

  final CompletableFuture<Void> headCame = new CompletableFuture<>();
  final CompletableFuture<Void> bodyWanted = new CompletableFuture<>();
  final List<Integer> interims = new ArrayList<>();
  final StringBuilder body = new StringBuilder();
  final AtomicLong octets = new AtomicLong();
  volatile boolean writable = true;
  volatile boolean keepBody = true;
  volatile int status;

  /** Why it failed or was cut, as the log says it. */
  volatile String reason = "";

  volatile @Nullable HttpHeaders trailers;

  @Override
  public void interim(HttpResponse interim) {
    interims.add(interim.status().code());
  }

  @Override
  public void upgraded(HttpResponse head, Upgraded connection) {
    throw new AssertionError("nobody asked for an upgrade");
  }

  @Override
  public void head(HttpResponse head) {
    status = head.status().code();
    headCame.complete(null);
  }

  @Override
  public void content(HttpContent part) {
    octets.addAndGet(part.content().readableBytes());
    if (keepBody) {
      body.append(part.content().toString(StandardCharsets.ISO_8859_1));
    }
    if (part instanceof LastHttpContent last) {
      trailers = last.trailingHeaders().copy();
      end.complete("done");
    }
    part.release();
  }

  @Override
  public void failed(UpstreamFailure failure) {
    reason = failure.reason();
    end.complete(failure.kind().name());
  }

  @Override
  public void cut(UpstreamFailure failure) {
    reason = failure.reason();
    end.complete("cut");
  }

  @Override
  public void wantBody() {
    bodyWanted.complete(null);
  }

  @Override
  public boolean duplex() {
    return false;
  }

  @Override
  public boolean writable() {
    return writable;
  }

  String ended() throws Exception {
    return end.get(10, TimeUnit.SECONDS);
  }
}
