package dev.discreet.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A frame of HTTP/2 (RFC 9113 §4.1). */
final class Frame {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  /** ACK of SETTINGS and PING has the same value. */
  static final int END_STREAM = 1;

  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;
  static final int PRIORITY = 0x20;

  /** What one side may send before the other says otherwise (RFC 9113 §6.5.2). */
  static final int WINDOW = 65_535;

  /** How much the audit takes: no answer waits for it. */
  private static final int WIDE = 1 << 30;

  private static final int HEAD = 9;
  private static final int LARGEST = 1 << 20;
  private static final int INITIAL_WINDOW_SIZE = 4;

  /** The preface of a client, its SETTINGS, and a wide window for the connection. */
  static final byte[] PREFACE =
      join(
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
          octets(
              SETTINGS,
              0,
              0,
              ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(WIDE).array()),
          octets(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(WIDE).array()));

  private final int type;
  private final int flags;
  private final int stream;
  private final byte[] payload;

  private Frame(int type, int flags, int stream, byte[] payload) {
    this.type = type;
    this.flags = flags;
    this.stream = stream;
    this.payload = payload;
  }

  int type() {
    return type;
  }

  int stream() {
    return stream;
  }

  byte[] payload() {
    return payload;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** {@return the payload without padding and priority (RFC 9113 §6.1, §6.2)} */
  byte[] content() throws IOException {
    int from = 0;
    int to = payload.length;
    if ((type == DATA || type == HEADERS) && has(PADDED) && to > 0) {
      to -= payload[0] & 0xFF;
      from = 1;
    }
    if (type == HEADERS && has(PRIORITY)) {
      from += 5;
    }
    if (from > to) {
      throw new IOException("a frame is all padding");
    }
    return Arrays.copyOfRange(payload, from, to);
  }

  /** {@return the initial window that SETTINGS say, or that which is in force} */
  int initialWindow(int inForce) {
    ByteBuffer settings = ByteBuffer.wrap(payload);
    int window = inForce;
    while (settings.remaining() >= 6) {
      int name = settings.getShort();
      int value = settings.getInt();
      window = name == INITIAL_WINDOW_SIZE ? value : window;
    }
    return window;
  }

  /** {@return an integer of the payload, 0 where there is none} */
  int number(int at) {
    return payload.length < at + 4 ? 0 : ByteBuffer.wrap(payload).getInt(at);
  }

  static Frame read(InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD);
    if (head.length < HEAD) {
      throw new EOFException("the end came in place of a frame");
    }
    ByteBuffer octets = ByteBuffer.wrap(head);
    int length = ((octets.get() & 0xFF) << 16) | (octets.getShort() & 0xFFFF);
    if (length > LARGEST) {
      throw new IOException("no frame of HTTP/2");
    }
    byte[] payload = new byte[length];
    Frame frame =
        new Frame(octets.get(), octets.get() & 0xFF, octets.getInt() & Integer.MAX_VALUE, payload);
    new DataInputStream(in).readFully(payload);
    return frame;
  }

  static byte[] octets(int type, int flags, int stream, byte... payload) {
    return ByteBuffer.allocate(HEAD + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
