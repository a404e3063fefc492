package dev.discreet.upstream;

import dev.discreet.client.ConnectionFailure;
import io.netty.handler.ssl.SslHandshakeTimeoutException;

/** Why there is no TLS with an upstream. */
final class TlsFailure {
  private TlsFailure() {}

  /** {@return what a handshake that failed is told as} */
  static UpstreamFailure of(Throwable cause) {
    if (OutOfMemory.isCauseOf(cause)) {
      return UpstreamFailure.noMemory();
    }
    return cause instanceof SslHandshakeTimeoutException
        ? UpstreamFailure.timeout("the TLS handshake took too long")
        : UpstreamFailure.badGateway("no TLS: " + ConnectionFailure.handshake(cause));
  }
}
