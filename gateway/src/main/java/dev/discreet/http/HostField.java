package dev.discreet.http;

/** The form of a host field's value: {@code host[:port]} (RFC 9110 §7.2, RFC 3986 §3.2.2). */
final class HostField {
  private HostField() {}

  static boolean isWellFormed(String value) {
    int end = value.length();
    int port = value.lastIndexOf(':');
    if (port > value.lastIndexOf(']')) {
      if (!isPort(value, port + 1)) {
        return false;
      }
      end = port;
    }
    String host = value.substring(0, end);
    return host.startsWith("[") ? isAddress(host) : isName(host);
  }

  private static boolean isPort(String value, int from) {
    int digits = value.length() - from;
    if (digits < 1 || digits > 5) {
      return false;
    }
    for (int i = from; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return Integer.parseInt(value, from, value.length(), 10) <= 65535;
  }

  private static boolean isAddress(String host) {
    if (!host.endsWith("]") || host.length() < 4) {
      return false;
    }
    for (int i = 1; i < host.length() - 1; i++) {
      char c = host.charAt(i);
      if (c >= 128 || (Character.digit(c, 16) < 0 && c != ':' && c != '.')) {
        return false;
      }
    }
    return host.indexOf(':') > 0;
  }

  private static boolean isName(String host) {
    boolean labelIsEmpty = true;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '.') {
        if (labelIsEmpty) {
          return false;
        }
        labelIsEmpty = true;
      } else if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "-_~".indexOf(c) >= 0) {
        labelIsEmpty = false;
      } else {
        return false;
      }
    }
    return !host.isEmpty();
  }
}
