package dev.discreet.upstream;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/** What speaks TLS with clients and upstreams (ADR 14). */
public final class TlsLibrary {
  private static final SslProvider PROVIDER =
      OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;

  private TlsLibrary() {}

  /** {@return BoringSSL where its native library loads, else the JDK} */
  public static SslProvider provider() {
    return PROVIDER;
  }

  /** {@return its name, for the log} */
  public static String words() {
    return PROVIDER == SslProvider.JDK ? "the JDK" : OpenSsl.versionString();
  }
}
