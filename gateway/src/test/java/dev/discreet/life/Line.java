package dev.discreet.life;

import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one client, one after the other, over connections that are kept while they may be.
 */
interface Line extends AutoCloseable {
  /** An answer, of which the whole came. */
  record Reply(int status, String version, String body) {}

  /**
   * Sends a request and reads its answer.
   *
   * @param fields as lines, {@code name: value}
   */
  Reply call(String method, String target, String... fields) throws IOException;

  @Override
  void close() throws IOException;

  /** By HTTP/1.1: a connection ends when an answer says so. */
  final class Http1 implements Line {
    private final InetSocketAddress address;
    private @Nullable RawClient client;

    Http1(InetSocketAddress address) {
      this.address = address;
    }

    @Override
    public Reply call(String method, String target, String... fields) throws IOException {
      RawClient current = client;
      if (current == null) {
        current = new RawClient(address);
        client = current;
      }
      RawClient.Answer answer =
          current.send(TestGateway.request(method, target, fields)).read(method);
      if (answer.value("connection").equals("close")) {
        close();
      }
      return new Reply(answer.status(), answer.value("x-version"), answer.body());
    }

    @Override
    public void close() throws IOException {
      if (client != null) {
        client.close();
        client = null;
      }
    }
  }

  /** By HTTP/2: a connection ends with a GOAWAY, or once its first window is nearly used up. */
  final class Http2 implements Line {
    private static final int STREAMS = 200;

    private final InetSocketAddress address;
    private @Nullable RawHttp2 client;
    private int next;

    Http2(InetSocketAddress address) {
      this.address = address;
    }

    @Override
    public Reply call(String method, String target, String... fields) throws IOException {
      RawHttp2 current = client;
      if (current == null || !current.open() || next > 2 * STREAMS) {
        close();
        current = new RawHttp2(address);
        client = current;
        next = 1;
      }
      int id = next;
      next += 2;
      RawHttp2.Stream stream =
          current.send(id, RawHttp2.request(method, target, split(fields))).await(id);
      if (!stream.ended()) {
        throw new IOException("the stream did not end: " + current);
      }
      return new Reply(stream.status(), stream.value("x-version"), stream.body());
    }

    private static String[] split(String... fields) {
      List<String> parts = new ArrayList<>();
      for (String field : fields) {
        String[] both = field.split(": ", 2);
        parts.add(both[0].toLowerCase(Locale.ROOT));
        parts.add(both[1]);
      }
      return parts.toArray(String[]::new);
    }

    @Override
    public void close() throws IOException {
      if (client != null) {
        client.close();
        client = null;
      }
    }
  }
}
