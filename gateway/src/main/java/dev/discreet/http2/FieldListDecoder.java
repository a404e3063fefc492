package dev.discreet.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Decodes field sections to {@link FieldList}s. One that is too large is decoded to its end, since
 * the compression's state is the connection's (RFC 9113 §4.3), and kept as that: so it can be
 * answered and logged like any other request.
 */
final class FieldListDecoder extends DefaultHttp2HeadersDecoder {
  FieldListDecoder(int maxHeaderListSize) {
    super(false, maxHeaderListSize);
  }

  @Override
  public Http2Headers decodeHeaders(int streamId, ByteBuf headerBlock) throws Http2Exception {
    try {
      return super.decodeHeaders(streamId, headerBlock);
    } catch (Http2Exception.HeaderListSizeException tooLarge) {
      return FieldList.beyondLimit();
    }
  }

  @Override
  protected Http2Headers newHeaders() {
    return FieldList.empty();
  }
}
