package dev.discreet.identity;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;

/**
 * What keys are fetched with.
 *
 * @param loops the event loops
 * @param channel the transport's class of connections
 * @param datagram the transport's class of the resolver's sockets
 */
public record IdentityTransport(
    EventLoopGroup loops,
    Class<? extends SocketChannel> channel,
    Class<? extends DatagramChannel> datagram) {}
