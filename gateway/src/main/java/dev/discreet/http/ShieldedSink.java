package dev.discreet.http;

import dev.discreet.policy.Decision;
import dev.discreet.policy.Shield;
import dev.discreet.upstream.ResponseSink;
import dev.discreet.upstream.Upgraded;
import dev.discreet.upstream.UpstreamFailure;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import java.util.function.IntConsumer;

/**
 * Stands before the client where the route shields: of an answer that is to become the canonical
 * 404 nothing passes, its body, trailers and interim answers neither (SPEC §3).
 */
final class ShieldedSink implements ResponseSink {
  /** A body that is longer is not read to its end for the connection's sake. */
  private static final int MOST_BODY_OCTETS = 64 << 10;

  private final ResponseSink client;
  private final PermittedRequest request;
  private final IntConsumer conceal;
  private final Runnable drop;
  private boolean concealed;
  private long octets;

  /**
   * Stands before {@code client}.
   *
   * @param conceal answers in place of the upstream, whose status it is told
   * @param drop ends the exchange with the upstream
   */
  ShieldedSink(ResponseSink client, PermittedRequest request, IntConsumer conceal, Runnable drop) {
    this.client = client;
    this.request = request;
    this.conceal = conceal;
    this.drop = drop;
  }

  /** {@return whether an answer with this head becomes the canonical 404} */
  static boolean conceals(PermittedRequest request, ResponseSink client, HttpResponse head) {
    Decision.Forward permit = request.permit();
    Shield shield = permit.route().forwarding().shield();
    boolean grpc = client.duplex() && GrpcAnswer.isGrpc(request.exchange().request());
    int status = grpc ? GrpcAnswer.statusOf(head) : head.status().code();
    return shield.statuses().contains(status) && !permit.known();
  }

  @Override
  public void interim(HttpResponse interim) {
    // Which of them an upstream sends may tell what it will say.
  }

  @Override
  public void upgraded(HttpResponse head, Upgraded connection) {
    client.upgraded(head, connection);
  }

  @Override
  public void head(HttpResponse head) {
    concealed = conceals(request, client, head);
    if (concealed) {
      conceal.accept(head.status().code());
    } else {
      client.head(head);
    }
  }

  @Override
  public void content(HttpContent part) {
    if (!concealed) {
      client.content(part);
      return;
    }
    octets += part.content().readableBytes();
    part.release();
    if (octets > MOST_BODY_OCTETS) {
      drop.run();
    }
  }

  @Override
  public void failed(UpstreamFailure failure) {
    client.failed(failure);
  }

  @Override
  public void cut(UpstreamFailure failure) {
    if (!concealed) {
      client.cut(failure);
    }
  }

  @Override
  public void wantBody() {
    if (!concealed) {
      client.wantBody();
    }
  }

  @Override
  public boolean duplex() {
    return client.duplex();
  }

  @Override
  public boolean writable() {
    return concealed || client.writable();
  }
}
