package dev.discreet.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;

/**
 * The gateway ends a connection whatever is under way on it; told to its handlers before it is
 * closed, so that nobody takes it for the client's doing.
 *
 * @param reason why, for the log
 */
record Cut(String reason) {
  /** Cuts {@code channel}. From any thread. */
  static ChannelFuture of(Channel channel, String reason) {
    channel.pipeline().fireUserEventTriggered(new Cut(reason));
    return channel.close();
  }
}
