package dev.discreet.http;

import dev.discreet.wire.FieldValue;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;

/**
 * Whether a client is one that reads pages (RFC 9110 §12.5.1): its {@code accept} names {@code
 * text/html} and ranks it above JSON.
 *
 * <p>Of a media range no parameter but its weight is looked at; of equal ranges the highest weight
 * counts. What is malformed is as if it were not there.
 */
final class Accept {
  private static final int MOST = 1000;
  private static final int NOT_SAID = -1;
  private static final List<String> JSON = List.of("application/problem+json", "application/json");

  // Weights in thousandths.
  private int html = NOT_SAID;
  private final int[] json = {NOT_SAID, NOT_SAID};
  private int anyApplication = NOT_SAID;
  private int anything = NOT_SAID;

  private Accept(List<String> fields) {
    for (String field : fields) {
      List<String> elements = FieldValue.split(field, ',');
      if (elements != null) {
        elements.forEach(this::add);
      }
    }
  }

  static boolean prefersHtml(HttpHeaders headers) {
    List<String> fields = headers.getAll(HttpHeaderNames.ACCEPT);
    if (fields.isEmpty()) {
      return false;
    }
    Accept accept = new Accept(fields);
    return accept.html > 0 && accept.html > accept.weightOfJson();
  }

  /** The most telling range counts for each type; the client may take either kind of JSON. */
  private int weightOfJson() {
    int most = 0;
    for (int exact : json) {
      int weight =
          exact != NOT_SAID ? exact : anyApplication != NOT_SAID ? anyApplication : anything;
      most = Math.max(most, weight);
    }
    return most;
  }

  private void add(String element) {
    List<String> parts = FieldValue.split(element, ';');
    if (parts == null || parts.isEmpty()) {
      return;
    }
    int weight = weight(parts);
    if (weight == NOT_SAID) {
      return;
    }
    String range = parts.getFirst().strip().toLowerCase(Locale.ROOT);
    switch (range) {
      case "text/html" -> html = Math.max(html, weight);
      case "application/*" -> anyApplication = Math.max(anyApplication, weight);
      case "*/*" -> anything = Math.max(anything, weight);
      default -> {
        int kind = JSON.indexOf(range);
        if (kind >= 0) {
          json[kind] = Math.max(json[kind], weight);
        }
      }
    }
  }

  /** {@return the weight among the parameters, or {@code NOT_SAID} if malformed} */
  private static int weight(List<String> parts) {
    for (String part : parts.subList(1, parts.size())) {
      String parameter = part.strip();
      if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
        return thousandths(parameter.substring(2));
      }
    }
    return MOST;
  }

  /** A {@code qvalue} (RFC 9110 §12.4.2): 0 to 1 with three decimals at most. */
  private static int thousandths(String text) {
    if (!text.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?")) {
      return NOT_SAID;
    }
    String decimals = text.length() > 2 ? text.substring(2) : "";
    return text.startsWith("1") ? MOST : Integer.parseInt((decimals + "000").substring(0, 3));
  }
}
