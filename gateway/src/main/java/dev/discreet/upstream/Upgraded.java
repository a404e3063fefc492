package dev.discreet.upstream;

import io.netty.channel.Channel;
import java.time.Duration;

/** An upstream's connection that speaks no HTTP any more. */
public final class Upgraded {
  private final UpstreamConnection connection;
  private final Duration idle;

  Upgraded(UpstreamConnection connection, Duration idle) {
    this.connection = connection;
    this.idle = idle;
  }

  /**
   * Connects it with a client's. Nothing flows before {@link #open}.
   *
   * @param silent run when no octet has flown for the upstream's idle time-out
   */
  public Tunnel to(Channel client, Runnable silent) {
    return new Tunnel(client, connection.channel(), idle, silent);
  }

  /** Lets octets flow, those first that have come already. */
  public void open(Tunnel tunnel) {
    connection.becomes(tunnel.upstreamSide());
    tunnel.start();
  }
}
