package dev.discreet.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server on loopback (RFC 1035, over UDP) that says what a test tells it to. */
public final class NameServer implements AutoCloseable {
  private static final int NO_ERROR = 0;
  private static final int SERVER_FAILURE = 2;
  private static final int NO_SUCH_NAME = 3;
  private static final int HEADER = 12;
  private static final int A = 1;
  private static final int AAAA = 28;

  /** What a name stands for, and for how many seconds. */
  private record Answer(int seconds, List<InetAddress> addresses) {}

  private final DatagramSocket socket;
  private final Map<String, Answer> names = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean failing;

  /** Starts on a free port. */
  public NameServer() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  /** {@return where it is} */
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** From now on, a name stands for these literals. */
  public void say(String name, int seconds, String... literals) {
    names.put(
        name, new Answer(seconds, Arrays.stream(literals).map(InetAddress::ofLiteral).toList()));
  }

  /** From now on there is no such name. */
  public void deny(String name) {
    names.remove(name);
  }

  /** Sets whether it answers that it can't answer. */
  public void failing(boolean value) {
    failing = value;
  }

  /** {@return how many questions came} */
  public int asked() {
    return asked.get();
  }

  private void serve() {
    byte[] octets = new byte[512];
    try {
      while (true) {
        DatagramPacket question = new DatagramPacket(octets, octets.length);
        socket.receive(question);
        asked.incrementAndGet();
        byte[] answer = answer(Arrays.copyOf(octets, question.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private byte[] answer(byte[] question) throws IOException {
    StringBuilder name = new StringBuilder();
    int at = HEADER;
    while (question[at] != 0) {
      int length = question[at];
      name.append(new String(question, at + 1, length, StandardCharsets.US_ASCII)).append('.');
      at += length + 1;
    }
    int type = question[at + 2];
    int end = at + 5;
    Answer known = names.get(name.substring(0, name.length() - 1));
    List<InetAddress> addresses =
        known == null
            ? List.of()
            : known.addresses().stream()
                .filter(one -> one.getAddress().length == (type == A ? 4 : type == AAAA ? 16 : 0))
                .toList();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(answer);
    out.write(question, 0, 2);
    int code = failing ? SERVER_FAILURE : known == null ? NO_SUCH_NAME : NO_ERROR;
    out.writeShort(0x8180 | code);
    out.writeShort(1);
    out.writeShort(failing ? 0 : addresses.size());
    out.writeInt(0);
    out.write(question, HEADER, end - HEADER);
    for (InetAddress address : failing ? List.<InetAddress>of() : addresses) {
      out.writeShort(0xc000 | HEADER);
      out.writeShort(type);
      out.writeShort(1);
      out.writeInt(known == null ? 0 : known.seconds());
      out.writeShort(address.getAddress().length);
      out.write(address.getAddress());
    }
    return answer.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}
