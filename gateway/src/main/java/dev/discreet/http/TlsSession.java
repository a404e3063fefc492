package dev.discreet.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AttributeKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What TLS says of a connection to the stations behind it. A handshake that fails ends the
 * connection; no request has come of it.
 */
final class TlsSession extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(TlsSession.class);
  private static final AttributeKey<TlsSession> SESSION = AttributeKey.valueOf("discreet.tls");

  private final SslHandler tls;
  private @Nullable String certificate;

  TlsSession(Channel channel, SslHandler tls) {
    this.tls = tls;
    channel.attr(SESSION).set(this);
  }

  /** {@return the scheme of what comes over this connection} */
  static String scheme(Channel channel) {
    return of(channel) == null ? "http" : "https";
  }

  /** {@return the session, for a stream that of its connection; null in cleartext} */
  private static @Nullable TlsSession of(Channel channel) {
    Channel connection = channel instanceof Http2StreamChannel stream ? stream.parent() : channel;
    return connection.attr(SESSION).get();
  }

  /** {@return the thumbprint of the client's certificate (RFC 8705 §3.1), or null} */
  static @Nullable String certificate(Channel channel) {
    TlsSession session = of(channel);
    return session == null ? null : session.certificate;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        certificate = thumbprint();
      } else {
        log.debug(
            "no TLS with {}: {}", ctx.channel().remoteAddress(), handshake.cause().toString());
        ctx.close();
      }
    } else if (event instanceof SslCloseCompletionEvent) {
      // The client has said its last word, whether or not its FIN comes too.
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
    ctx.fireUserEventTriggered(event);
  }

  private @Nullable String thumbprint() throws GeneralSecurityException {
    try {
      Certificate[] chain = tls.engine().getSession().getPeerCertificates();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof SSLException
        || (cause instanceof DecoderException && cause.getCause() instanceof SSLException)) {
      log.debug("TLS with {} broke: {}", ctx.channel().remoteAddress(), cause.toString());
      ctx.close();
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }
}
