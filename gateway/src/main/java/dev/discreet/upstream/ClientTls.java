package dev.discreet.upstream;

import dev.discreet.config.Addresses;
import dev.discreet.config.UpstreamConfig.Address;
import dev.discreet.config.UpstreamTls;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** TLS to one upstream, verified always: who issued the certificate, and for which name. */
final class ClientTls {
  private final SslContext context;
  private final @Nullable String serverName;

  private ClientTls(SslContext context, @Nullable String serverName) {
    this.context = context;
    this.serverName = serverName;
  }

  /** Prepares. The system's trust is read from files, which no event loop may do. */
  static ClientTls of(UpstreamTls config, boolean http2) {
    String protocol = http2 ? ApplicationProtocolNames.HTTP_2 : ApplicationProtocolNames.HTTP_1_1;
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(TlsLibrary.provider())
            .protocols(List.of("TLSv1.3", "TLSv1.2"))
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    protocol))
            // The name is verified against the SAN, an address against those of addresses.
            .endpointIdentificationAlgorithm("HTTPS");
    if (!config.trusted().isEmpty()) {
      builder.trustManager(config.trusted());
    }
    if (config.key() != null) {
      builder.keyManager(config.key(), config.certificates());
    }
    try {
      return new ClientTls(builder.build(), config.serverName());
    } catch (SSLException e) {
      throw new IllegalStateException("certificates and a key that were checked make no TLS", e);
    }
  }

  /** {@return the handler of one connection} */
  SslHandler handler(Channel channel, Address address, Duration handshake) {
    String name = serverName == null ? address.host() : serverName;
    SslHandler handler = context.newHandler(channel.alloc(), name, address.port());
    handler.setHandshakeTimeoutMillis(handshake.toMillis());
    SNIHostName asked = asked(name);
    if (asked != null) {
      // By itself the JDK asks for no name without a dot, such as those within a cluster.
      SSLParameters parameters = handler.engine().getSSLParameters();
      parameters.setServerNames(List.of(asked));
      handler.engine().setSSLParameters(parameters);
    }
    return handler;
  }

  /** An address is not asked for (RFC 6066 §3), nor can be what is no name of a host. */
  private static @Nullable SNIHostName asked(String name) {
    try {
      return Addresses.literal(name) == null ? new SNIHostName(name) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
