package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/**
 * Writes answers. Unlike Netty's it knows the request: the answer to HEAD ends with its head,
 * whatever its fields say (RFC 9112 §6.3), so that not even the end of a chunked body is written.
 */
public final class ServerEncoder extends HttpResponseEncoder {
  private boolean head;

  /**
   * Says which request the next answers, interim ones included, are for.
   *
   * @param method of the request
   */
  public void answering(HttpMethod method) {
    head = method.equals(HttpMethod.HEAD);
  }

  @Override
  protected void encodeHeaders(HttpHeaders headers, ByteBuf out) {
    FieldWriter.write(headers, out);
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse response) {
    return super.isContentAlwaysEmpty(response) || head;
  }
}
