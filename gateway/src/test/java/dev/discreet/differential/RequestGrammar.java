package dev.discreet.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Requests of HTTP/1.1, mostly right, each with none, one or a few things wrong. */
final class RequestGrammar {
  private final Random random;
  private final String token;
  private String body = "";
  private boolean complete = true;

  /**
   * Makes them at random.
   *
   * @param token of the caller that {@link Generated#caller} then names
   */
  RequestGrammar(Random random, String token) {
    this.random = random;
    this.token = token;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  String pick(int oddPercent, List<String> usual, List<String> odd) {
    return pick(chance(oddPercent) ? odd : usual);
  }

  /** {@return the next one} */
  Generated next() {
    complete = true;
    String method = pick(1, Words.METHODS, Words.ODD_METHODS);
    String target = target();
    String host = pick(1, Words.HOSTS, Words.ODD_HOSTS);
    String version = chance(95) ? "HTTP/1.1" : chance(80) ? "HTTP/1.0" : pick(Words.VERSIONS);
    boolean named = !(version.equals("HTTP/1.0") ? chance(50) : chance(1));
    boolean known = chance(60);
    List<String> fields = new ArrayList<>();
    if (named) {
      fields.add("Host:" + blank() + host + blank());
    }
    if (known) {
      fields.add("Authorization: Bearer " + token);
    }
    for (int more = random.nextInt(5); more > 0; more--) {
      fields.add(random.nextInt(fields.size() + 1), pick(2, Words.FIELDS, Words.ODD_FIELDS));
    }
    String framed = framed(fields);
    String head = requestLine(method, target, host, version) + String.join("\r\n", fields);
    return new Generated(
        head + (fields.isEmpty() ? "\r\n" : "\r\n\r\n") + framed,
        method,
        target,
        named(fields),
        known ? "alice" : "",
        body,
        complete);
  }

  /** Where there are two, the request is refused. */
  private static String named(List<String> fields) {
    return fields.stream()
        .filter(field -> field.startsWith("Host:"))
        .map(field -> field.substring("Host:".length()).strip())
        .findFirst()
        .orElse("");
  }

  private String blank() {
    return chance(90) ? " " : pick(List.of("", "\t", "  \t "));
  }

  /** {@return a path, perhaps with a query} */
  String target() {
    StringBuilder target = new StringBuilder(chance(50) ? "/pub" : "/own");
    for (int more = random.nextInt(4); more > 0; more--) {
      target.append('/').append(pick(1, Words.SEGMENTS, Words.ODD_SEGMENTS));
    }
    if (chance(5)) {
      target.append('/');
    }
    return target.append(query()).toString();
  }

  private String query() {
    return chance(3) ? pick(Words.BRACED_QUERIES) : pick(1, Words.QUERIES, Words.ODD_QUERIES);
  }

  private String requestLine(String method, String target, String host, String version) {
    String form =
        switch (random.nextInt(60)) {
          case 0, 1 -> "http://" + host.toUpperCase(Locale.ROOT) + target;
          case 2 -> "https://" + host + target;
          case 3 ->
              pick(List.of("http://other.test" + target, "*", "/" + target, host, "ftp:" + target));
          default -> target;
        };
    String before = chance(1) ? pick(List.of("\r\n", "\r\n\r\n", "\n", " ", "\0")) : "";
    String end = chance(1) ? pick(List.of("\n", "\r", "\r\r\n", " \r\n")) : "\r\n";
    return before + method + (chance(99) ? " " : "  ") + form + " " + version + end;
  }

  /** Adds what says how the body is framed; {@return the body so framed} */
  private String framed(List<String> fields) {
    body = chance(50) ? "" : body(70_000);
    int place = random.nextInt(fields.size() + 1);
    if (chance(2)) {
      return oddlyFramed(fields, place);
    }
    if (chance(40)) {
      fields.add(
          place, pick(List.of("Transfer-Encoding: chunked", "transfer-encoding:\tChunked ")));
      return chunked();
    }
    if (!body.isEmpty() || chance(30)) {
      fields.add(place, pick(List.of("Content-Length: ", "content-length:")) + body.length());
    }
    return body;
  }

  private String oddlyFramed(List<String> fields, int place) {
    String length = String.valueOf(body.length());
    String encoding = pick(Words.ODD_ENCODINGS);
    switch (random.nextInt(8)) {
      case 0 -> fields.add(place, "Content-Length: " + length + "\r\nContent-Length: " + length);
      case 1 -> fields.add(place, "Content-Length: " + length + ", " + length);
      case 2 ->
          fields.add(
              place, "Content-Length: " + pick(List.of("+", "0", "-", "0x", "\t+", "1e")) + length);
      case 3 ->
          fields.add(
              place,
              "Content-Length: " + length + pick(List.of(".0", "a", " 1", ";", "\u00b2", "_0")));
      case 4 -> {
        fields.add(place, "Content-Length: " + length + "\r\nTransfer-Encoding: chunked");
        return chunked();
      }
      case 5 -> {
        fields.add(place, "Content-Length: " + (body.length() + 1 + random.nextInt(99)));
        complete = false;
      }
      default -> {
        fields.add(place, "Transfer-Encoding: " + encoding);
        return chunked();
      }
    }
    return body;
  }

  /** {@return a body of at most so many octets} */
  String body(int most) {
    if (chance(60)) {
      return pick(Words.BODIES);
    }
    int length = chance(1) ? most : random.nextInt(300);
    StringBuilder octets = new StringBuilder();
    while (octets.length() < length) {
      octets.append((char) random.nextInt(256));
    }
    return octets.toString();
  }

  private String chunked() {
    StringBuilder chunks = new StringBuilder();
    for (int from = 0; from < body.length(); ) {
      int to = Math.min(body.length(), from + 1 + random.nextInt(chance(50) ? 8 : 40_000));
      chunks.append(chunkHeader(to - from)).append(body, from, to).append(rarely() ? "\n" : "\r\n");
      from = to;
    }
    chunks.append(chunkHeader(0));
    if (chance(15)) {
      for (int more = 1 + random.nextInt(2); more > 0; more--) {
        chunks.append(pick(20, Words.TRAILERS, Words.ODD_TRAILERS)).append("\r\n");
      }
    }
    return chunks.append("\r\n").toString();
  }

  /** For what is drawn for each of many chunks. */
  private boolean rarely() {
    return random.nextInt(1000) == 0;
  }

  private String chunkHeader(int size) {
    String digits = Integer.toHexString(size);
    digits = chance(80) ? digits : chance(50) ? digits.toUpperCase(Locale.ROOT) : "000" + digits;
    if (rarely()) {
      digits = pick(List.of("0x", "+", "-", " ", "_", "fffffffff", "")) + digits;
    }
    String extension = chance(90) ? "" : pick(2, Words.EXTENSIONS, Words.ODD_EXTENSIONS);
    return digits + extension + "\r\n";
  }
}
