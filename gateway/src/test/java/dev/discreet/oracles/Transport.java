package dev.discreet.oracles;

/** How a client speaks to the gateway. */
enum Transport {
  HTTP1("HTTP/1.1", false, false),
  HTTP1_TLS("HTTP/1.1 over TLS", false, true),
  HTTP2("HTTP/2", true, false),
  HTTP2_TLS("HTTP/2 over TLS", true, true);

  private final String title;
  private final boolean http2;
  private final boolean tls;

  Transport(String title, boolean http2, boolean tls) {
    this.title = title;
    this.http2 = http2;
    this.tls = tls;
  }

  boolean http2() {
    return http2;
  }

  boolean tls() {
    return tls;
  }

  String scheme() {
    return tls ? "https" : "http";
  }

  @Override
  public String toString() {
    return title;
  }
}
