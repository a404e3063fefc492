package dev.discreet.testing;

import dev.discreet.testing.CountingApi.Seen;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a {@link MemoryApi} on any event loop: what is written is a request once it is
 * complete, and its answer arrives when it is read, not before.
 */
final class MemoryConnection extends AbstractChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false);
  private static final Set<ChannelOption<?>> OF_SOCKETS =
      Set.of(ChannelOption.ALLOW_HALF_CLOSURE, ChannelOption.TCP_NODELAY);
  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private final ChannelConfig config =
      new DefaultChannelConfig(this) {
        @Override
        public <T> boolean setOption(ChannelOption<T> option, T value) {
          return OF_SOCKETS.contains(option) || super.setOption(option, value);
        }
      };
  private final MemoryApi api;
  private final StringBuilder written = new StringBuilder();
  private final Queue<String> answers = new ArrayDeque<>();
  private boolean open = true;
  private boolean connected;
  private boolean wanted;

  MemoryConnection(MemoryApi api) {
    super(null);
    this.api = api;
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer out) {
    for (Object part = out.current(); part != null; part = out.current()) {
      written.append(((ByteBuf) part).toString(StandardCharsets.ISO_8859_1));
      out.remove();
    }
    for (Seen request = takeRequest(); request != null; request = takeRequest()) {
      answers.add(api.answer(request));
    }
    give();
  }

  /** {@return the request that is complete, or null} */
  private @Nullable Seen takeRequest() {
    int bodyAt = written.indexOf("\r\n\r\n") + 4;
    if (bodyAt < 4) {
      return null;
    }
    Seen head = new Seen(written.substring(0, bodyAt), "", true);
    int end = bodyAt;
    if (head.values("transfer-encoding").contains("chunked")) {
      int last = written.indexOf("0\r\n\r\n", bodyAt);
      end = last < 0 ? Integer.MAX_VALUE : last + 5;
    } else if (!head.values("content-length").isEmpty()) {
      end += Integer.parseInt(head.values("content-length").getFirst());
    }
    if (end > written.length()) {
      return null;
    }
    Seen request = new Seen(head.head(), written.substring(bodyAt, end), true);
    written.delete(0, end);
    return request;
  }

  @Override
  protected void doBeginRead() {
    wanted = true;
    give();
  }

  private void give() {
    if (wanted && !answers.isEmpty()) {
      wanted = false;
      ByteBuf octets = Unpooled.copiedBuffer(answers.remove(), StandardCharsets.ISO_8859_1);
      eventLoop()
          .execute(
              () -> {
                pipeline().fireChannelRead(octets);
                pipeline().fireChannelReadComplete();
              });
    }
  }

  private final class Connecting extends AbstractUnsafe {
    @Override
    public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
      connected = api.accepts(MemoryConnection.this);
      if (connected) {
        safeSetSuccess(promise);
        pipeline().fireChannelActive();
      } else {
        safeSetFailure(promise, new ConnectException("refused"));
      }
    }
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new Connecting();
  }

  @Override
  protected void doClose() {
    open = false;
    api.closed(this);
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open && connected;
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  protected SocketAddress localAddress0() {
    return ADDRESS;
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return ADDRESS;
  }

  @Override
  protected void doBind(SocketAddress local) {
    throw new UnsupportedOperationException("it only connects");
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }
}
