package dev.discreet.http2;

import dev.discreet.http2.FieldList.Field;
import dev.discreet.wire.DecoderLimits;
import dev.discreet.wire.Framing;
import dev.discreet.wire.GrammarException;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the head that an answer of HTTP/1.1 would have had of a field section (RFC 9113 §8.3.2).
 */
final class AnswerFields {
  private static final String STATUS = ":status";
  private static final int SWITCHING_PROTOCOLS = 101;

  private AnswerFields() {}

  /**
   * {@return the head}
   *
   * @throws GrammarException for what is malformed, or too large
   */
  static HttpResponse head(FieldList list, DecoderLimits limits) throws GrammarException {
    if (list.exceeds(limits.headers()) || list.fields().size() > limits.headerCount() + 1) {
      throw new GrammarException("the fields are too large, or too many");
    }
    HttpHeaders headers = Fields.none();
    String status = null;
    for (Field field : list.fields()) {
      if (!Fields.isPseudo(field)) {
        Fields.require(field);
        headers.add(field.name(), field.value());
      } else if (field.name().equals(STATUS) && status == null && headers.isEmpty()) {
        status = field.value();
      } else {
        throw new GrammarException("a pseudo-header field that does not belong there");
      }
    }
    requireLength(headers);
    return new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(status), headers);
  }

  private static void requireLength(HttpHeaders headers) throws GrammarException {
    List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
    if (!lengths.isEmpty()) {
      var _ = Framing.length(lengths);
    }
  }

  private static HttpResponseStatus status(@Nullable String text) throws GrammarException {
    boolean digits =
        text != null && text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int code = digits ? Integer.parseInt(text) : 0;
    if (code < 100 || code >= 600 || code == SWITCHING_PROTOCOLS) {
      throw new GrammarException("no status");
    }
    return HttpResponseStatus.valueOf(code);
  }
}
