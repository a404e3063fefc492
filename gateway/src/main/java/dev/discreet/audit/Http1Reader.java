package dev.discreet.audit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads answers of HTTP/1.1, and notes every octet that could tell something. */
final class Http1Reader {
  private static final int SWITCHING = 101;

  private final InputStream in;

  Http1Reader(InputStream in) {
    this.in = in;
  }

  /**
   * A head.
   *
   * @param line the first
   * @param fields the others
   */
  record Head(String line, List<String> fields) {
    /** {@return the status, 0 where there is none} */
    int status() {
      String[] parts = line.split(" ", 3);
      boolean known = parts.length > 1 && line.startsWith("HTTP/") && parts[1].matches("\\d{3}");
      return known ? Integer.parseInt(parts[1]) : 0;
    }

    boolean interim() {
      return status() / 100 == 1 && status() != SWITCHING;
    }

    /** {@return the values of a field, in lower case} */
    String value(String name) {
      return fields.stream()
          .filter(field -> name(field).equalsIgnoreCase(name))
          .map(field -> field.substring(field.indexOf(':') + 1).strip().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(","));
    }

    private static String name(String field) {
      int colon = field.indexOf(':');
      return colon < 0 ? field : field.substring(0, colon);
    }
  }

  /**
   * {@return the next head}
   *
   * @throws EOFException if there is none
   */
  Head head() throws IOException {
    String first = line();
    if (!first.startsWith("HTTP/")) {
      return new Head(first, List.of());
    }
    List<String> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      fields.add(line);
    }
    return new Head(first, fields);
  }

  /** A line without its end; a bare LF shows as such. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("the end came in place of an answer");
      }
      line.write(octet);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text + "\\n";
  }

  /** Notes what a final head says. */
  static void note(Head head, String before, Observation seen) {
    seen.status(before + Observation.STATUS, head.status());
    int reason = head.line().indexOf(' ', head.line().indexOf(' ') + 1);
    seen.note(
        before + Observation.REASON, reason < 0 ? head.line() : head.line().substring(reason + 1));
    seen.note(before + "version", head.line().substring(0, Math.min(8, head.line().length())));
    noteFields(head, before + Observation.NAMES, before + Observation.FIELD, seen);
  }

  /** Notes an interim answer (RFC 9110 §15.2). */
  static void noteInterim(Head head, String before, Observation seen) {
    seen.note(before + Observation.INTERIM, Integer.toString(head.status()));
    noteFields(head, before + Observation.INTERIM_NAMES, before + Observation.INTERIM_FIELD, seen);
  }

  private static void noteFields(Head head, String names, String field, Observation seen) {
    seen.note(names, head.fields().stream().map(Head::name).collect(Collectors.joining(", ")));
    for (String each : head.fields()) {
      String name = Head.name(each);
      seen.note(
          field + name.toLowerCase(Locale.ROOT),
          each.substring(Math.min(each.length(), name.length() + 1)));
    }
  }

  /**
   * Reads and notes the body (RFC 9112 §6.3).
   *
   * @return whether the connection could go on after it
   */
  boolean body(Head head, String method, String before, Observation seen) throws IOException {
    SeenBody body = new SeenBody();
    String length = head.value("content-length");
    boolean goesOn = !head.value("connection").contains("close");
    String framing;
    if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
      framing = "none";
    } else if (head.value("transfer-encoding").contains("chunked")) {
      framing = "chunked:" + chunks(body, before, seen);
    } else if (length.matches("\\d{1,9}")) {
      take(Integer.parseInt(length), body);
      framing = "content-length: " + length;
    } else {
      framing = "up to the end: " + take(Integer.MAX_VALUE, body);
      goesOn = false;
    }
    seen.note(before + Observation.FRAMING, framing);
    seen.note(before + Observation.BODY, body.text());
    return goesOn;
  }

  private String chunks(SeenBody body, String before, Observation seen) throws IOException {
    StringBuilder sizes = new StringBuilder();
    while (true) {
      String line = line();
      sizes.append(' ').append(line);
      int size = size(line);
      if (size == 0) {
        break;
      }
      take(size, body);
      line();
    }
    for (String line = line(); !line.isEmpty(); line = line()) {
      seen.note(before + Observation.TRAILERS, line);
    }
    return sizes.toString();
  }

  /** {@return the size of a chunk, in octets} */
  static int size(String line) throws IOException {
    try {
      return Integer.parseInt(line.split("[; ]", 2)[0], 16);
    } catch (NumberFormatException e) {
      throw new IOException("no size of a chunk: " + line, e);
    }
  }

  /** Reads so many octets, or up to the end where that is not known. */
  private int take(int octets, SeenBody body) throws IOException {
    byte[] piece = new byte[8 << 10];
    int taken = 0;
    while (taken < octets) {
      int read = in.read(piece, 0, Math.min(piece.length, octets - taken));
      if (read < 0 && octets == Integer.MAX_VALUE) {
        return taken;
      }
      if (read < 0) {
        throw new EOFException("the end came within a body");
      }
      taken += read;
      body.add(piece, read);
    }
    return taken;
  }
}
