package dev.discreet.http;

import dev.discreet.config.ListenAddress;
import dev.discreet.config.ListenerTls;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * How each listener speaks TLS, in their order; those of cleartext have none. What did not change
 * keeps its sessions.
 */
record TlsContexts(List<ListenAddress> listeners, List<Optional<SslContext>> contexts) {
  /**
   * A client's certificate is judged when its session begins, and not again while it is taken up;
   * the JDK renews the keys of its tickets as often.
   */
  private static final long SESSION_SECONDS = 3600;

  private static final ApplicationProtocolConfig PROTOCOLS =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2,
          ApplicationProtocolNames.HTTP_1_1);

  static {
    // A client of TLS 1.2 could ask for one handshake after another, at our cost (CVE-2011-1473).
    // The JDK reads this once, before its first handshake.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  static TlsContexts of(List<ListenAddress> listeners) {
    return new TlsContexts(listeners, listeners.stream().map(TlsContexts::context).toList());
  }

  /** {@return those of the next configuration, whose listeners differ in their files alone} */
  TlsContexts next(List<ListenAddress> listeners) {
    List<Optional<SslContext>> next = new ArrayList<>();
    for (int i = 0; i < listeners.size(); i++) {
      boolean same = listeners.get(i).equals(this.listeners.get(i));
      next.add(same ? contexts.get(i) : context(listeners.get(i)));
    }
    return new TlsContexts(listeners, next);
  }

  private static Optional<SslContext> context(ListenAddress listener) {
    return Optional.ofNullable(listener.tls()).map(TlsContexts::context);
  }

  private static SslContext context(ListenerTls tls) {
    SslContextBuilder builder =
        SslContextBuilder.forServer(new CertificatesByName(tls.certificates()))
            .sslProvider(SslProvider.JDK)
            .sessionTimeout(SESSION_SECONDS)
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
}
