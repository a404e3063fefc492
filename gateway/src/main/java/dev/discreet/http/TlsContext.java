package dev.discreet.http;

import dev.discreet.config.ListenerTls;
import dev.discreet.upstream.TlsLibrary;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** How one listener speaks TLS, until its certificates change. */
final class TlsContext {
  /** A client's certificate is judged when its session begins, and not while it is taken up. */
  private static final Duration SESSION = Duration.ofHours(1);

  private static final ApplicationProtocolConfig PROTOCOLS =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2,
          ApplicationProtocolNames.HTTP_1_1);

  static {
    // A client of TLS 1.2 could ask for one handshake after another, at our cost (CVE-2011-1473).
    // The JDK reads this once, before its first handshake; BoringSSL allows none by itself.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  private final SslContext context;
  private final @Nullable TicketKeys tickets;

  TlsContext(ListenerTls tls) {
    CertificatesByName certificates = new CertificatesByName(tls.certificates());
    // BoringSSL does not say which of several types of keys a client can verify.
    SslProvider provider =
        certificates.haveOneTypeForAName() ? TlsLibrary.provider() : SslProvider.JDK;
    context = build(tls, certificates, provider);
    // The JDK makes its own anew as often as sessions end.
    tickets =
        context.sessionContext() instanceof OpenSslSessionContext sessions
            ? new TicketKeys(sessions::setTicketKeys, SESSION, System::nanoTime)
            : null;
  }

  private static SslContext build(
      ListenerTls tls, CertificatesByName certificates, SslProvider provider) {
    SslContextBuilder builder =
        SslContextBuilder.forServer(certificates)
            .sslProvider(provider)
            .sessionTimeout(SESSION.toSeconds())
            .applicationProtocolConfig(PROTOCOLS)
            // With the others HTTP/2 must not be spoken (RFC 9113 §9.2.2), and nobody needs them.
            .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
            .protocols(
                tls.settings().onlyTls13() ? List.of("TLSv1.3") : List.of("TLSv1.3", "TLSv1.2"));
    ListenerTls.Clients clients = tls.settings().clients();
    if (clients != null) {
      builder
          .trustManager(tls.trusted())
          .clientAuth(clients.required() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException("a certificate and key that were checked make no TLS", e);
    }
  }

  /** {@return the handler of a new connection} */
  SslHandler handler(Channel channel) {
    if (tickets != null) {
      tickets.renew();
    }
    return context.newHandler(channel.alloc());
  }
}
