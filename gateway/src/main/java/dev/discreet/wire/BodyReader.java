package dev.discreet.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import org.jspecify.annotations.Nullable;

/** Cuts one body out of the octets of a connection. Only small chunks are copied. */
sealed interface BodyReader permits SizedBody, ChunkedBody, UnsizedBody {
  /**
   * {@return the next part, which the caller owns, or null if more octets are needed; {@link
   * io.netty.handler.codec.http.LastHttpContent} is the last}
   */
  @Nullable HttpContent next(ByteBuf in) throws GrammarException;

  /** {@return whether the body is complete if the peer ends the connection now} */
  boolean endsWithConnection();
}
