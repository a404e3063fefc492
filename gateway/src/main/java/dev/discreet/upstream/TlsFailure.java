package dev.discreet.upstream;

import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.jspecify.annotations.Nullable;

/** Why there is no TLS with an upstream. */
final class TlsFailure {
  private TlsFailure() {}

  /** {@return what a handshake that failed is told as} */
  static UpstreamFailure of(Throwable cause) {
    return cause instanceof SslHandshakeTimeoutException
        ? UpstreamFailure.timeout("the TLS handshake took too long")
        : UpstreamFailure.badGateway("no TLS: " + words(cause));
  }

  /** The innermost words are those of the certificate check or of the alert. */
  private static String words(Throwable cause) {
    Throwable inner = cause;
    for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
      inner = next;
    }
    @Nullable String said = inner.getMessage();
    return said == null ? "the connection ended within the handshake" : said;
  }
}
