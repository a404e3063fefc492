package dev.discreet.admin;

import dev.discreet.telemetry.Telemetry;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the first request of a connection by its head alone, and closes the connection. */
@Sharable
final class AdminHandler extends SimpleChannelInboundHandler<HttpObject> {
  private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);

  private final Telemetry telemetry;
  private final Supplier<Health> health;

  AdminHandler(Telemetry telemetry, Supplier<Health> health) {
    this.telemetry = telemetry;
    this.health = health;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
    if (!(message instanceof HttpRequest request)) {
      return;
    }
    ctx.channel().config().setAutoRead(false);
    ctx.writeAndFlush(response(reply(request))).addListener(ChannelFutureListener.CLOSE);
  }

  private Reply reply(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Reply.plain(HttpResponseStatus.BAD_REQUEST);
    }
    String target = request.uri();
    int query = target.indexOf('?');
    return switch (query < 0 ? target : target.substring(0, query)) {
      case "/livez" -> ifRead(request, () -> Reply.state(health.get().live(), "live", List.of()));
      case "/readyz" -> ifRead(request, this::readiness);
      case "/metrics" -> ifRead(request, () -> Reply.metrics(telemetry.scrape()));
      default -> Reply.plain(HttpResponseStatus.NOT_FOUND);
    };
  }

  private static Reply ifRead(HttpRequest request, Supplier<Reply> reply) {
    boolean read =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    return read ? reply.get() : Reply.plain(HttpResponseStatus.METHOD_NOT_ALLOWED);
  }

  private Reply readiness() {
    Health now = health.get();
    return Reply.state(now.ready(), "ready", now.detail());
  }

  /** For HEAD the codec leaves the body out. */
  private static FullHttpResponse response(Reply reply) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            reply.status(),
            ByteBufUtil.writeUtf8(UnpooledByteBufAllocator.DEFAULT, reply.body()));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set("x-content-type-options", "nosniff")
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (reply.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
    }
    return response;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("An operator's connection failed", cause);
    var _ = ctx.close();
  }
}
