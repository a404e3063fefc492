package dev.discreet.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What is put into a URL as one value, whatever it holds (RFC 3986 §2.1). */
final class PercentEncoding {
  private PercentEncoding() {}

  /** {@return the text, of which only letters, digits and {@code .-_*} stay as they are} */
  static String of(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
