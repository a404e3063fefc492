package dev.discreet.differential;

import dev.discreet.testing.RawHttp2;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Requests of HTTP/2, mostly right, of which an upstream is told in HTTP/1.1. */
final class Http2Grammar {
  private final Random random;
  private final RequestGrammar words;
  private final String token;

  /**
   * Makes them at random.
   *
   * @param words what makes targets and bodies
   * @param token of the caller that {@link Generated#caller} then names
   */
  Http2Grammar(Random random, RequestGrammar words, String token) {
    this.random = random;
    this.words = words;
    this.token = token;
  }

  /** {@return the next one, its octets the frames of this stream} */
  Generated next(int stream) {
    String method = words.pick(1, Words.METHODS, Words.ODD_METHODS);
    String target = words.target();
    String host = words.pick(1, Words.HOSTS, Words.ODD_HOSTS);
    boolean known = words.chance(60);
    String body = words.chance(50) ? "" : words.body(20_000);
    List<String> fields =
        new ArrayList<>(
            List.of(":method", method, ":scheme", "http", ":authority", host, ":path", target));
    if (words.chance(1)) {
      Collections.swap(fields, 1 + 2 * random.nextInt(3), 7);
    }
    if (known) {
      fields.addAll(List.of("authorization", "Bearer " + token));
    }
    if (words.chance(5)) {
      fields.addAll(List.of("host", host));
    }
    for (int more = random.nextInt(4); more > 0; more--) {
      fields.addAll(field(2));
    }
    if (words.chance(30)) {
      fields.addAll(List.of("content-length", String.valueOf(body.length())));
    }
    return new Generated(
        frames(stream, fields, body.getBytes(StandardCharsets.ISO_8859_1)),
        method,
        target,
        host,
        known ? "alice" : "",
        body,
        true);
  }

  private List<String> field(int oddPercent) {
    List<String> from = words.chance(oddPercent) ? Http2Words.ODD_FIELDS : Http2Words.FIELDS;
    int at = 2 * random.nextInt(from.size() / 2);
    return from.subList(at, at + 2);
  }

  /** The end of the stream comes with the head, with DATA or with trailers. */
  private String frames(int stream, List<String> fields, byte[] body) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    boolean bare = body.length == 0 && words.chance(70);
    boolean trailers = !bare && words.chance(15);
    frames.writeBytes(
        RawHttp2.octets(
            RawHttp2.HEADERS,
            RawHttp2.END_HEADERS | (bare ? RawHttp2.END_STREAM : RawHttp2.NONE),
            stream,
            RawHttp2.fields(fields)));
    for (int from = 0; from < body.length; ) {
      int to = Math.min(body.length, from + 1 + random.nextInt(10_000));
      byte[] part = Arrays.copyOfRange(body, from, to);
      frames.writeBytes(RawHttp2.octets(RawHttp2.DATA, RawHttp2.NONE, stream, part));
      from = to;
    }
    if (trailers) {
      byte[] last = RawHttp2.fields(field(30));
      int flags = RawHttp2.END_HEADERS | RawHttp2.END_STREAM;
      frames.writeBytes(RawHttp2.octets(RawHttp2.HEADERS, flags, stream, last));
    } else if (!bare) {
      frames.writeBytes(RawHttp2.octets(RawHttp2.DATA, RawHttp2.END_STREAM, stream));
    }
    return frames.toString(StandardCharsets.ISO_8859_1);
  }
}
