package dev.discreet.testing;

import dev.discreet.testing.CountingApi.Seen;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * An API behind connections that are no sockets. What exists in it is said by the test alone; it
 * keeps what reaches it, and counts connections too, since opening one would already tell.
 */
public final class MemoryApi {
  private final Set<String> existing = new HashSet<>();
  private final List<Seen> seen = new ArrayList<>();
  private final List<MemoryConnection> open = new ArrayList<>();
  private Function<Seen, String> answer = this::truthfully;
  private int opened;
  private boolean down;

  /** {@return what makes connections to it} */
  public ChannelFactory<Channel> connections() {
    return () -> new MemoryConnection(this);
  }

  /** Lets these paths exist, and no others. */
  public void existing(Set<String> paths) {
    existing.clear();
    existing.addAll(paths);
  }

  /** Answers by what {@code answer} says, head and body as they go over the wire. */
  public void answering(Function<Seen, String> answer) {
    this.answer = answer;
  }

  /** Refuses connections, or takes them again. */
  public void down(boolean isDown) {
    down = isDown;
  }

  /** {@return what arrived} */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** {@return how many connections were asked for} */
  public int opened() {
    return opened;
  }

  /** Forgets what it saw, tells the truth again, and is there. */
  public void forget() {
    seen.clear();
    opened = 0;
    answer = this::truthfully;
    down = false;
  }

  /** Ends the connections that belong to {@code loop}. */
  public void disconnect(EventLoop loop) {
    for (MemoryConnection connection : List.copyOf(open)) {
      if (connection.eventLoop().equals(loop)) {
        connection.close();
      }
    }
  }

  boolean accepts(MemoryConnection connection) {
    opened++;
    if (!down) {
      open.add(connection);
    }
    return !down;
  }

  void closed(MemoryConnection connection) {
    open.remove(connection);
  }

  String answer(Seen request) {
    seen.add(request);
    return answer.apply(request);
  }

  /** {@return what says in every way that it can whether there is something} */
  public String truthfully(Seen request) {
    String path = request.target().split("\\?", 2)[0];
    boolean found = existing.contains(path);
    String body = found ? "{\"path\":\"" + path + "\"}" : "{\"error\":\"no such thing\"}";
    String head =
        found
            ? "HTTP/1.1 200 OK\r\netag: \"1\"\r\nx-upstream: found"
            : "HTTP/1.1 404 Not Found\r\nx-upstream: missing";
    return head
        + "\r\ndate: Thu, 01 Jan 2026 00:00:00 GMT\r\ncontent-type: application/json"
        + "\r\ncontent-length: "
        + body.length()
        + "\r\n\r\n"
        + (request.method().equals("HEAD") ? "" : body);
  }
}
