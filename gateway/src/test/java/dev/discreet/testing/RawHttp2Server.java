package dev.discreet.testing;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** An API that speaks HTTP/2 in frames that a test makes, well-formed or not. */
public final class RawHttp2Server implements AutoCloseable {
  private static final int PREFACE_OCTETS = 24;

  /** What is done with a request. */
  public interface Handler {
    /** Answers, or does not. */
    void on(Request request) throws IOException;
  }

  /**
   * A head that came.
   *
   * @param connection which connection of the server's, from 1
   * @param head its fields, a line each
   */
  public record Request(Connection peer, int connection, int stream, String head) {
    /** Sends a frame of this stream. */
    public void frame(int type, int flags, byte... payload) throws IOException {
      peer.send(RawHttp2.octets(type, flags, stream, payload));
    }

    /** Sends a head, and nothing else. */
    public void head(int flags, String... namesAndValues) throws IOException {
      frame(
          RawHttp2.HEADERS, flags | RawHttp2.END_HEADERS, RawHttp2.fields(List.of(namesAndValues)));
    }

    /** Sends an answer of two octets. */
    public void ok() throws IOException {
      head(RawHttp2.NONE, ":status", "200", "content-length", "2");
      frame(RawHttp2.DATA, RawHttp2.END_STREAM, (byte) 'o', (byte) 'k');
    }
  }

  private final ServerSocket socket;
  private final Handler handler;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger pings = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Integer> resets = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Integer> windows = new ConcurrentLinkedQueue<>();

  /** Listens. */
  public RawHttp2Server(Handler handler) throws IOException {
    this.handler = handler;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** {@return its URL} */
  public String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** {@return how many connections there have been} */
  public int connections() {
    return connections.get();
  }

  /** {@return how many PINGs were answered} */
  public int pings() {
    return pings.get();
  }

  /** {@return how many are open} */
  public int open() {
    return open.size();
  }

  /** {@return the streams that the gateway reset} */
  public List<Integer> resets() {
    return List.copyOf(resets);
  }

  /** {@return the streams that the gateway gave room to, in the order of WINDOW_UPDATE} */
  public List<Integer> windows() {
    return List.copyOf(windows);
  }

  private void accept() {
    try {
      while (true) {
        Socket peer = socket.accept();
        open.add(peer);
        Connection connection = new Connection(peer, connections.incrementAndGet());
        Thread.ofVirtual().start(connection::serve);
      }
    } catch (IOException closed) {
      // Its end.
    }
  }

  /** One of its connections. */
  public final class Connection {
    private final Socket peer;
    private final int number;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private volatile boolean vanished;

    private Connection(Socket peer, int number) {
      this.peer = peer;
      this.number = number;
    }

    /** Sends octets as they are. */
    public synchronized void send(byte... octets) throws IOException {
      peer.getOutputStream().write(octets);
    }

    /** From now on it answers nothing of its own accord, and does not end. */
    public void vanish() {
      vanished = true;
    }

    /** Ends it. */
    public void end() throws IOException {
      peer.close();
    }

    private void serve() {
      try (peer) {
        DataInputStream in = new DataInputStream(peer.getInputStream());
        in.skipNBytes(PREFACE_OCTETS);
        send(RawHttp2.octets(RawHttp2.SETTINGS, RawHttp2.NONE, 0));
        while (true) {
          take(in);
        }
      } catch (IOException | Http2Exception ended) {
        open.remove(peer);
      }
    }

    private void take(DataInputStream in) throws IOException, Http2Exception {
      int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = in.readNBytes(length);
      if (type == RawHttp2.SETTINGS && flags == RawHttp2.NONE) {
        send(RawHttp2.octets(RawHttp2.SETTINGS, RawHttp2.ACK, 0));
      } else if (type == RawHttp2.PING && flags == RawHttp2.NONE && !vanished) {
        pings.incrementAndGet();
        send(RawHttp2.octets(RawHttp2.PING, RawHttp2.ACK, 0, payload));
      } else if (type == RawHttp2.RST_STREAM) {
        resets.add(stream);
      } else if (type == RawHttp2.WINDOW_UPDATE) {
        windows.add(stream);
      } else if (type == RawHttp2.HEADERS) {
        StringBuilder head = new StringBuilder();
        Http2Headers fields = decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(payload));
        fields.forEach(
            field ->
                head.append(field.getKey()).append(": ").append(field.getValue()).append('\n'));
        handler.on(new Request(this, number, stream, head.toString()));
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket peer : open) {
      peer.close();
    }
  }
}
