package dev.discreet.wire;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.io.IOException;

/**
 * To be told of each write: where a part of a message could not be written, such as for want of
 * memory, what follows would be read in its place. So it is a failure of the connection. That of a
 * connection whose peer left is known already.
 */
public final class LostWrite implements ChannelFutureListener {
  /** The only one. */
  public static final LostWrite ENDS = new LostWrite();

  private LostWrite() {}

  @Override
  public void operationComplete(ChannelFuture written) {
    Throwable cause = written.cause();
    if (cause != null && !(cause instanceof IOException)) {
      written.channel().pipeline().fireExceptionCaught(cause);
    }
  }
}
