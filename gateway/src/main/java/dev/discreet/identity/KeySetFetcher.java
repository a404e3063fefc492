package dev.discreet.identity;

import dev.discreet.wire.DecoderLimits;
import dev.discreet.wire.Malformed;
import dev.discreet.wire.ResponseDecoder;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Fetches one document over HTTP without blocking: capped in size and time, no redirects, TLS
 * always verified.
 */
final class KeySetFetcher {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Class<? extends SocketChannel> channelClass;
  private final AddressResolverGroup<InetSocketAddress> resolver;
  private final int patienceMillis;
  private final SslContext tlsContext;

  KeySetFetcher(
      Class<? extends SocketChannel> channelClass,
      AddressResolverGroup<InetSocketAddress> resolver) {
    this(channelClass, resolver, PATIENCE);
  }

  /** For tests that wait less long. */
  KeySetFetcher(
      Class<? extends SocketChannel> channelClass,
      AddressResolverGroup<InetSocketAddress> resolver,
      Duration patience) {
    this.channelClass = channelClass;
    this.resolver = resolver;
    this.patienceMillis = Math.toIntExact(patience.toMillis());
    this.tlsContext = systemTrust();
  }

  /** Made once: it reads the trusted certificates from a file, which no event loop may do. */
  private static SslContext systemTrust() {
    try {
      return SslContextBuilder.forClient()
          .sslProvider(SslProvider.JDK)
          .endpointIdentificationAlgorithm("HTTPS")
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("this JDK offers no TLS", e);
    }
  }

  /** {@return the document, or why there is none; completed on {@code loop}} */
  CompletableFuture<KeyDocument> fetch(URI url, EventLoop loop) {
    CompletableFuture<KeyDocument> document = new CompletableFuture<>();
    boolean tls = "https".equals(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(channelClass)
            .resolver(resolver)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, patienceMillis)
            .handler(initializer(url, port, tls, document))
            .connect(InetSocketAddress.createUnresolved(host(url), port));
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            document.completeExceptionally(done.cause());
          }
        });
    var timer =
        loop.schedule(
            () -> document.completeExceptionally(new IOException("no answer in time")),
            patienceMillis,
            TimeUnit.MILLISECONDS);
    return document.whenComplete(
        (octets, failure) -> {
          timer.cancel(false);
          connecting.channel().close();
        });
  }

  private static String host(URI url) {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private ChannelInitializer<Channel> initializer(
      URI url, int port, boolean tls, CompletableFuture<KeyDocument> document) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (tls) {
          channel.pipeline().addLast(tlsContext.newHandler(channel.alloc(), host(url), port));
        }
        ResponseDecoder decoder = new ResponseDecoder(new DecoderLimits(32 << 10, 100, 0));
        decoder.expect(HttpMethod.GET);
        channel.pipeline().addLast(decoder, new HttpRequestEncoder(), new Reader(url, document));
      }
    };
  }

  /** Asks once the connection is there, and gathers the answer. */
  private static final class Reader extends ChannelInboundHandlerAdapter {
    private final URI url;
    private final CompletableFuture<KeyDocument> document;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private Duration fresh = KeyDocument.USUALLY_FRESH;
    private boolean interim = true;

    Reader(URI url, CompletableFuture<KeyDocument> document) {
      this.url = url;
      this.document = document;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
      String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
      DefaultFullHttpRequest request =
          new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path + query);
      request.headers().set("host", url.getRawAuthority());
      request.headers().set("accept", "application/jwk-set+json, application/json");
      request.headers().set("connection", "close");
      ctx.writeAndFlush(request);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
      switch (message) {
        case HttpResponse head -> read(head);
        case HttpContent part -> gather(part);
        case Malformed malformed ->
            document.completeExceptionally(new IOException(malformed.reason()));
        default -> ReferenceCountUtil.release(message);
      }
    }

    private void read(HttpResponse head) {
      HttpResponseStatus status = head.status();
      if (status.equals(HttpResponseStatus.OK)) {
        interim = false;
        fresh = Freshness.of(head.headers());
      } else if (status.codeClass() != HttpStatusClass.INFORMATIONAL
          || status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
        document.completeExceptionally(new IOException("answered " + status));
      }
    }

    private void gather(HttpContent part) throws IOException {
      part.content().readBytes(octets, part.content().readableBytes());
      boolean last = part instanceof LastHttpContent && !interim;
      part.release();
      if (octets.size() > KeyDocument.MOST_OCTETS) {
        document.completeExceptionally(new IOException("more than 512 KiB"));
      } else if (last) {
        document.complete(new KeyDocument(octets.toByteArray(), fresh));
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        ctx.close();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      document.completeExceptionally(new IOException("the connection ended"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      document.completeExceptionally(cause);
    }
  }
}
