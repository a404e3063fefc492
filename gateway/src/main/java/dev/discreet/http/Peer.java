package dev.discreet.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Who is at the other end of a connection, or of that of a stream. */
final class Peer {
  private static final AttributeKey<InetAddress> TOLD = AttributeKey.valueOf("discreet.peer");

  private Peer() {}

  /** {@return the address that a proxy told by the PROXY protocol, else that of the socket} */
  static InetAddress of(Channel channel) {
    Channel connection = channel instanceof Http2StreamChannel stream ? stream.parent() : channel;
    InetAddress told = connection.attr(TOLD).get();
    return told == null ? ((InetSocketAddress) connection.remoteAddress()).getAddress() : told;
  }

  /** A proxy passes on a connection of {@code source}'s. */
  static void told(Channel connection, InetAddress source) {
    connection.attr(TOLD).set(source);
  }
}
