package dev.discreet.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/** How a head says where its body ends (RFC 9112 §6.3). */
public sealed interface Framing {
  /** So many octets. */
  record Length(long octets) implements Framing {}

  /** In chunks. */
  record Chunked() implements Framing {}

  /** Not at all. */
  record Unsaid() implements Framing {}

  /**
   * {@return what the fields say}
   *
   * @throws GrammarException where two programs could understand them differently (SPEC §7)
   */
  static Framing of(HttpHeaders fields, HttpVersion version) throws GrammarException {
    List<String> encodings = fields.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    List<String> lengths = fields.getAll(HttpHeaderNames.CONTENT_LENGTH);
    if (encodings.isEmpty()) {
      return lengths.isEmpty() ? new Unsaid() : new Length(length(lengths));
    }
    if (!lengths.isEmpty()) {
      throw new GrammarException("both content-length and transfer-encoding");
    }
    if (!version.equals(HttpVersion.HTTP_1_1)) {
      throw new GrammarException("transfer-encoding in HTTP/1.0");
    }
    if (encodings.size() > 1
        || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.getFirst())) {
      throw new GrammarException("a transfer-encoding other than chunked");
    }
    return new Chunked();
  }

  /**
   * {@return what the values of {@code content-length} say, in octets}
   *
   * @throws GrammarException where they are several, or no decimal number in its shortest form
   */
  static long length(List<String> lengths) throws GrammarException {
    if (lengths.size() > 1) {
      throw new GrammarException("more than one content-length");
    }
    String length = lengths.getFirst();
    // Leading zeros are octal to some programs, and no program needs them.
    boolean canonical =
        !length.isEmpty()
            && length.chars().allMatch(Octets::isDigit)
            && (length.length() == 1 || length.charAt(0) != '0');
    if (!canonical) {
      throw new GrammarException("a content-length that is no number");
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException tooLarge) {
      throw new GrammarException("a content-length that is too large");
    }
  }
}
