package dev.discreet.http2;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Heads and trailers as HTTP/2 says them (RFC 9113 §8.3). */
final class SentFields {
  private static final Set<String> OF_A_CONNECTION =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  private SentFields() {}

  /**
   * A whole answer in frames.
   *
   * @param data its body, or null if the head ends the stream
   */
  record WithEnd(Http2HeadersFrame head, @Nullable Http2DataFrame data) {}

  /**
   * {@return an answer that is whole, or an interim one}
   *
   * @param ends whether the stream ends with it, unless it is interim
   */
  static WithEnd own(HttpResponse head, HttpContent content, boolean ends) {
    boolean interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    boolean hasBody = content.content().isReadable();
    Http2HeadersFrame frame = new DefaultHttp2HeadersFrame(of(head), ends && !interim && !hasBody);
    if (hasBody) {
      return new WithEnd(frame, new DefaultHttp2DataFrame(content.content(), ends));
    }
    content.release();
    return new WithEnd(frame, null);
  }

  static Http2Headers of(HttpResponse head) {
    Http2Headers fields = new DefaultHttp2Headers(false, head.headers().size() + 1);
    fields.status(head.status().codeAsText());
    copy(head.headers(), fields);
    return fields;
  }

  /**
   * {@return a request's head}
   *
   * @param secure whether it goes over TLS
   */
  static Http2Headers request(HttpRequest head, boolean secure) {
    Http2Headers fields = new DefaultHttp2Headers(false, head.headers().size() + 4);
    fields.method(head.method().asciiName());
    fields.scheme(secure ? "https" : "http");
    fields.authority(head.headers().get(HttpHeaderNames.HOST));
    fields.path(head.uri());
    copy(head.headers(), fields);
    fields.remove(HttpHeaderNames.HOST);
    return fields;
  }

  static Http2Headers trailers(HttpHeaders trailers) {
    Http2Headers fields = new DefaultHttp2Headers(false, trailers.size());
    copy(trailers, fields);
    return fields;
  }

  private static void copy(HttpHeaders from, Http2Headers to) {
    Iterator<Map.Entry<CharSequence, CharSequence>> all = from.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = all.next();
      String name = field.getKey().toString().toLowerCase(Locale.ROOT);
      if (!OF_A_CONNECTION.contains(name)) {
        to.add(name, field.getValue());
      }
    }
  }
}
