package dev.discreet.audit;

/** What is spoken. */
public enum Protocol {
  H1("HTTP/1.1", "http/1.1"),
  H2("HTTP/2", "h2");

  private final String title;
  private final String alpn;

  Protocol(String title, String alpn) {
    this.title = title;
    this.alpn = alpn;
  }

  /** {@return its name for people} */
  public String title() {
    return title;
  }

  /** {@return its name in ALPN (RFC 7301 §6)} */
  String alpn() {
    return alpn;
  }
}
