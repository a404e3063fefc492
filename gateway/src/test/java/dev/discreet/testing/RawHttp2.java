package dev.discreet.testing;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A connection of HTTP/2 that sends frames as they are, well-formed or not, and keeps what comes
 * back. Fields go out as literals, so that anything can stand in them.
 */
public final class RawHttp2 implements AutoCloseable {
  /** Types of frames (RFC 9113 §6). */
  public static final int DATA = 0;

  public static final int HEADERS = 1;
  public static final int PRIORITY = 2;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PUSH_PROMISE = 5;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  /** Flags of frames. */
  public static final int NONE = 0;

  public static final int END_STREAM = 1;
  public static final int ACK = 1;
  public static final int END_HEADERS = 4;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int NO_CODE = -1;

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private final Map<Integer, Stream> streams = new TreeMap<>();
  private final List<Integer> goAways = new ArrayList<>();
  private final List<Arrival> arrivals = new ArrayList<>();
  private int goAwayCode = NO_CODE;
  private boolean ended;

  /**
   * A frame that came.
   *
   * @param stream 0 for the connection
   * @param length of its payload
   * @param code of a RST_STREAM, or -1
   */
  public record Arrival(int type, int flags, int stream, int length, int code) {}

  /** What came on a stream. */
  public static final class Stream {
    private final List<String> heads = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean ended;
    private int resetCode = NO_CODE;

    /** {@return the field lines of the final head, of an interim one, or of trailers, each} */
    public List<String> heads() {
      return List.copyOf(heads);
    }

    /** {@return the status of the first head that is not interim} */
    public int status() {
      return heads.stream()
          .map(head -> Integer.parseInt(value(head, ":status")))
          .filter(status -> status >= 200)
          .findFirst()
          .orElseThrow(() -> new AssertionError("no answer: " + this));
    }

    /** {@return a field of the last head, or the empty text} */
    public String value(String name) {
      return value(heads.getLast(), name);
    }

    private static String value(String head, String name) {
      for (String line : head.split("\n", -1)) {
        if (line.startsWith(name + ": ")) {
          return line.substring(name.length() + 2);
        }
      }
      return "";
    }

    /** {@return the octets of its DATA, one for each character} */
    public String body() {
      return body.toString(StandardCharsets.ISO_8859_1);
    }

    /** {@return whether END_STREAM came} */
    public boolean ended() {
      return ended;
    }

    /** {@return the code of its RST_STREAM, or -1} */
    public int resetCode() {
      return resetCode;
    }

    /** {@return all that came, with what legitimately differs blanked} */
    public String shape() {
      return this.toString().replaceAll("(?m)^(date|x-request-id): .*", "$1: *");
    }

    @Override
    public String toString() {
      return String.join("\n--\n", heads)
          + "\n"
          + body()
          + "\nend="
          + ended
          + " reset="
          + resetCode;
    }
  }

  /** Connects, and says the preface and the settings. */
  public RawHttp2(InetSocketAddress address) throws IOException {
    this(new Socket(address.getAddress(), address.getPort()));
  }

  /** Speaks over a connection that is there. */
  public RawHttp2(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    octets(PREFACE.getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, NONE, 0);
  }

  /** Sends octets as they are. */
  public RawHttp2 octets(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
    return this;
  }

  /** Sends one frame. */
  public RawHttp2 frame(int type, int flags, int stream, byte... payload) throws IOException {
    return octets(octets(type, flags, stream, payload));
  }

  /** {@return the octets of a frame} */
  public static byte[] octets(int type, int flags, int stream, byte... payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** {@return a field section of these names and values, by turns} */
  public static byte[] fields(List<String> namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      // Literal without indexing, new name (RFC 7541 §6.2.2).
      block.write(0);
      literal(block, namesAndValues.get(i));
      literal(block, namesAndValues.get(i + 1));
    }
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    int rest = octets.length - 127;
    if (rest < 0) {
      block.write(octets.length);
    } else {
      block.write(127);
      for (; rest >= 128; rest >>= 7) {
        block.write((rest & 127) | 128);
      }
      block.write(rest);
    }
    block.writeBytes(octets);
  }

  /** {@return the fields of a request, and more of them} */
  public static List<String> request(String method, String path, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(":method", method, ":scheme", "http", ":authority", "gw.test", ":path", path));
    all.addAll(List.of(more));
    return all;
  }

  /** Sends a request, which ends with its head. */
  public RawHttp2 send(int stream, List<String> fields) throws IOException {
    return frame(HEADERS, END_STREAM | END_HEADERS, stream, fields(fields));
  }

  /** {@return what came on a stream so far} */
  public Stream stream(int id) {
    return streams.computeIfAbsent(id, key -> new Stream());
  }

  /** {@return the frames that came since it was last asked, in their order} */
  public List<Arrival> arrivals() {
    List<Arrival> came = List.copyOf(arrivals);
    arrivals.clear();
    return came;
  }

  /** {@return the last streams that GOAWAYs named, in their order} */
  public List<Integer> goAways() {
    return List.copyOf(goAways);
  }

  /** {@return the code of the last GOAWAY, or -1} */
  public int goAwayCode() {
    return goAwayCode;
  }

  /** Reads until the stream has ended, either way, or the connection has; {@return the stream} */
  public Stream await(int id) throws IOException {
    while (!stream(id).ended && stream(id).resetCode == NO_CODE && readFrame() != NO_CODE) {
      // readFrame() keeps what it reads.
    }
    return stream(id);
  }

  /** Reads until the stream is reset; {@return the stream} */
  public Stream awaitReset(int id) throws IOException {
    while (stream(id).resetCode == NO_CODE && readFrame() != NO_CODE) {
      // As above.
    }
    return stream(id);
  }

  /** Reads until a frame of that type has come; {@return whether one has} */
  public boolean awaitFrame(int type) throws IOException {
    int last = readFrame();
    while (last != type && last != NO_CODE) {
      last = readFrame();
    }
    return last == type;
  }

  /** Reads until the peer closes. */
  public RawHttp2 awaitEnd() throws IOException {
    while (readFrame() != NO_CODE) {
      // As above.
    }
    return this;
  }

  /** {@return whether the connection has been seen to end} */
  public boolean ended() {
    return ended;
  }

  /** Reads one frame; {@return its type, or -1 at the end} */
  private int readFrame() throws IOException {
    try {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = in.readNBytes(length);
      int code = type == RST_STREAM ? ByteBuffer.wrap(payload).getInt() : NO_CODE;
      arrivals.add(new Arrival(type, flags, stream, length, code));
      take(type, flags, stream, payload);
      return type;
    } catch (SocketTimeoutException e) {
      throw new AssertionError("nothing came for long: " + streams, e);
    } catch (EOFException end) {
      ended = true;
      return NO_CODE;
    } catch (IOException reset) {
      ended = true;
      return NO_CODE;
    }
  }

  private void take(int type, int flags, int id, byte[] payload) throws IOException {
    switch (type) {
      case HEADERS -> {
        stream(id).heads.add(decode(id, payload));
        stream(id).ended |= (flags & END_STREAM) != 0;
      }
      case DATA -> {
        stream(id).body.writeBytes(payload);
        stream(id).ended |= (flags & END_STREAM) != 0;
      }
      case RST_STREAM -> stream(id).resetCode = ByteBuffer.wrap(payload).getInt();
      case GOAWAY -> {
        goAways.add(ByteBuffer.wrap(payload).getInt());
        goAwayCode = ByteBuffer.wrap(payload).getInt(4);
      }
      default -> {
        // What is of no stream tells these tests nothing.
      }
    }
  }

  private String decode(int id, byte[] block) throws IOException {
    try {
      List<String> lines = new ArrayList<>();
      Http2Headers headers = decoder.decodeHeaders(id, Unpooled.wrappedBuffer(block));
      headers.forEach(field -> lines.add(field.getKey() + ": " + field.getValue()));
      return String.join("\n", lines);
    } catch (Http2Exception e) {
      throw new IOException("no field section: " + ByteBufUtil.hexDump(block), e);
    }
  }

  /** {@return whether nothing is wrong with the connection yet} */
  public boolean open() {
    return !ended && goAwayCode == NO_CODE;
  }

  /** Ends the connection. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** {@return what came on the streams, for a message} */
  @Override
  public String toString() {
    return streams + " goaway=" + goAwayCode + " ended=" + ended;
  }
}
