package dev.discreet.client;

import dev.discreet.wire.DecoderLimits;
import dev.discreet.wire.ResponseDecoder;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request over a connection of its own, without blocking: the answer is capped in size
 * and time, no redirect is followed, TLS is always verified.
 */
public final class ProviderClient {
  private static final DecoderLimits LIMITS = new DecoderLimits(32 << 10, 100, 0);

  private final ChannelFactory<?> channels;
  private final AddressResolverGroup<InetSocketAddress> resolver;

  /** Prepares; both are the caller's to close. */
  public ProviderClient(
      ChannelFactory<?> channels, AddressResolverGroup<InetSocketAddress> resolver) {
    this.channels = channels;
    this.resolver = resolver;
  }

  /** {@return the answer, or why there is none; completed on {@code loop}} */
  public CompletableFuture<ProviderAnswer> send(
      ProviderRequest request, Egress egress, EventLoop loop) {
    CompletableFuture<ProviderAnswer> answer = new CompletableFuture<>();
    var timer =
        loop.schedule(
            () -> answer.completeExceptionally(new IOException("no answer in time")),
            request.patience().toMillis(),
            TimeUnit.MILLISECONDS);
    var _ = answer.whenComplete((_, _) -> timer.cancel(false));
    URI proxy = egress.proxy();
    if (proxy == null) {
      connect(request, egress, null, loop, answer);
    } else {
      resolver
          .getResolver(loop)
          .resolve(address(proxy))
          .addListener(
              (Future<InetSocketAddress> found) -> {
                if (found.isSuccess()) {
                  connect(request, egress, proxyHandler(proxy, found.getNow()), loop, answer);
                } else {
                  answer.completeExceptionally(found.cause());
                }
              });
    }
    return answer;
  }

  private void connect(
      ProviderRequest request,
      Egress egress,
      @Nullable HttpProxyHandler proxy,
      EventLoop loop,
      CompletableFuture<ProviderAnswer> answer) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channelFactory(channels)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) Math.min(request.patience().toMillis(), Integer.MAX_VALUE))
            .handler(initializer(request, egress, proxy, answer));
    // Behind a proxy it is the proxy that looks the name up.
    ChannelFuture connecting =
        (proxy == null ? bootstrap.resolver(resolver) : bootstrap.disableResolver())
            .connect(address(request.url()));
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            answer.completeExceptionally(done.cause());
          }
        });
    var _ = answer.whenComplete((_, _) -> connecting.channel().close());
  }

  private static ChannelInitializer<Channel> initializer(
      ProviderRequest request,
      Egress egress,
      @Nullable HttpProxyHandler proxy,
      CompletableFuture<ProviderAnswer> answer) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (proxy != null) {
          channel.pipeline().addLast(proxy);
        }
        if (isTls(request.url())) {
          InetSocketAddress peer = address(request.url());
          channel
              .pipeline()
              .addLast(
                  egress.tls().newHandler(channel.alloc(), peer.getHostString(), peer.getPort()));
        }
        ResponseDecoder decoder = new ResponseDecoder(LIMITS);
        decoder.expect(request.form() == null ? HttpMethod.GET : HttpMethod.POST);
        channel
            .pipeline()
            .addLast(decoder, new HttpRequestEncoder(), new AnswerReader(request, answer));
      }
    };
  }

  private static HttpProxyHandler proxyHandler(URI proxy, InetSocketAddress address) {
    String user = proxy.getUserInfo();
    int colon = user == null ? -1 : user.indexOf(':');
    return user == null || colon < 0
        ? new HttpProxyHandler(address)
        : new HttpProxyHandler(address, user.substring(0, colon), user.substring(colon + 1));
  }

  private static boolean isTls(URI url) {
    return "https".equals(url.getScheme());
  }

  private static InetSocketAddress address(URI url) {
    String host = url.getHost();
    int port = url.getPort() >= 0 ? url.getPort() : isTls(url) ? 443 : 80;
    return InetSocketAddress.createUnresolved(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
  }
}
