package dev.discreet.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One cookie in {@code cookie} (RFC 6265 §4.2), which upstreams read in their own ways. */
public final class CookieField {
  private CookieField() {}

  /** {@return the values under this name, without quotes around them} */
  public static List<String> values(HttpHeaders headers, String name) {
    List<String> values = new ArrayList<>();
    for (String line : headers.getAll(HttpHeaderNames.COOKIE)) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals >= 0 && pair.substring(0, equals).strip().equals(name)) {
          values.add(unquoted(pair.substring(equals + 1).strip()));
        }
      }
    }
    return values;
  }

  /** Removes what stands under this name, and leaves the rest as it is written. */
  public static void remove(HttpHeaders headers, String name) {
    if (values(headers, name).isEmpty()) {
      return;
    }
    List<String> lines = headers.getAll(HttpHeaderNames.COOKIE);
    headers.remove(HttpHeaderNames.COOKIE);
    for (String line : lines) {
      String rest =
          List.of(line.split(";", -1)).stream()
              .filter(pair -> !pair.split("=", 2)[0].strip().equals(name))
              .map(String::strip)
              .collect(Collectors.joining("; "));
      if (!rest.isEmpty()) {
        headers.add(HttpHeaderNames.COOKIE, rest);
      }
    }
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
