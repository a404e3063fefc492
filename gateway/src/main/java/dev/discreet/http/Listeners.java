package dev.discreet.http;

import dev.discreet.config.ListenAddress;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;

/** Binds addresses of the configuration. */
public final class Listeners {
  private Listeners() {}

  /**
   * Binds {@code address}. Blocks until that is done.
   *
   * @throws IOException if it can't be bound; the message says where the configuration asks for it,
   *     and why not, in the form of {@code check}
   */
  public static Channel bind(ServerBootstrap bootstrap, ListenAddress address) throws IOException {
    if (address.socket().isUnresolved()) {
      throw new IOException(address.unusable("is no host that this machine can find"));
    }
    ChannelFuture bound = bootstrap.bind(address.socket()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(address.unusable(why(bound.cause())), bound.cause());
    }
    return bound.channel();
  }

  /** The system's words, which the native transport puts behind those of its own. */
  private static String why(Throwable cause) {
    String said = String.valueOf(cause.getMessage());
    if (said.contains("Address already in use")) {
      return "is in use by another program";
    }
    if (said.contains("Permission denied")) {
      return "may not be used by this user; ports below 1024 often need a privilege";
    }
    if (said.contains("Cannot assign requested address")) {
      return "is no address of this machine";
    }
    return "can't be listened on: " + said;
  }
}
