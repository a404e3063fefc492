package dev.discreet.upstream;

import dev.discreet.policy.HeaderChanges;
import dev.discreet.wire.Hop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is changed of an upstream's answer because a configuration says so.
 *
 * @param headers what is set and removed
 * @param redirects how locations are rewritten, or null where they are not
 */
record AnswerChanges(HeaderChanges.Change headers, @Nullable Redirects redirects) {
  void ofHead(HttpHeaders fields) {
    if (redirects != null && fields.contains(HttpHeaderNames.LOCATION)) {
      fields.set(
          HttpHeaderNames.LOCATION,
          fields.getAll(HttpHeaderNames.LOCATION).stream().map(redirects::seen).toList());
    }
    drop(fields);
    headers.set().forEach(fields::set);
  }

  /** What of an interim head, of the final one, and of trailers is dropped alike. */
  void drop(HttpHeaders fields) {
    if (!headers.dropped().isEmpty()) {
      List.copyOf(fields.names()).stream()
          .filter(name -> headers.dropped().contains(Hop.canonical(name)))
          .forEach(fields::remove);
    }
  }
}
