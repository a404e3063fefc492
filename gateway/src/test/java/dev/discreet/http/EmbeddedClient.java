package dev.discreet.http;

import dev.discreet.testing.MemoryApi;
import dev.discreet.testing.StrictAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A client's connection to the real pipeline. All that its octets set off has happened when {@link
 * #send} returns; what the gateway does not want to read stays unread.
 */
final class EmbeddedClient implements AutoCloseable {
  private final Connection channel;
  private final MemoryApi api;
  private final int most;
  private final StringBuilder unread = new StringBuilder();
  private final StringBuilder received = new StringBuilder();

  /**
   * Connects.
   *
   * @param most octets that one read brings
   */
  EmbeddedClient(Gateway gateway, MemoryApi api, int most) {
    this.api = api;
    this.most = most;
    channel = new Connection(new GatewayPipeline(gateway, 0));
    channel.config().setAutoRead(false);
    try {
      channel.register();
    } catch (Exception e) {
      throw new AssertionError("it does not connect", e);
    }
  }

  private final class Connection extends EmbeddedChannel {
    private boolean wanted;

    Connection(GatewayPipeline pipeline) {
      super(DefaultChannelId.newInstance(), false, false, pipeline);
    }

    @Override
    protected void doBeginRead() {
      wanted = true;
    }

    @Override
    protected void handleOutboundMessage(Object message) {
      ByteBuf octets = (ByteBuf) message;
      received.append(octets.toString(StandardCharsets.ISO_8859_1));
      octets.release();
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);
    }

    boolean takesWish() {
      boolean had = wanted && isOpen();
      wanted = false;
      return had;
    }
  }

  /** Sends octets, one for each character. */
  EmbeddedClient send(String octets) {
    unread.append(octets);
    while (!unread.isEmpty() && channel.takesWish()) {
      String piece = unread.substring(0, Math.min(most, unread.length()));
      unread.delete(0, piece.length());
      channel.writeInbound(Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1));
    }
    return this;
  }

  /** Begins or ceases to take what the gateway writes, as far as the gateway can tell. */
  EmbeddedClient reads(boolean reads) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, reads);
    channel.runPendingTasks();
    return this;
  }

  /** {@return what came back since it was last asked} */
  String received() {
    String octets = received.toString();
    received.setLength(0);
    return octets;
  }

  /** {@return the one answer that came back to a request of {@code method}} */
  StrictAnswer answer(String method) {
    return StrictAnswer.only(method, received());
  }

  /** {@return what the gateway has not read} */
  String unread() {
    return unread.toString();
  }

  boolean open() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    channel.close();
    api.disconnect(channel.eventLoop());
    channel.runPendingTasks();
    channel.checkException();
  }
}
