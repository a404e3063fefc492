package dev.discreet.testing;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Names without a resolver: every one is loopback, but for {@code unknown.test}. */
public final class MemoryNames extends AddressResolverGroup<InetSocketAddress> {
  /** The only name that nobody has. */
  public static final String UNKNOWN = "unknown.test";

  /** Not kept: an embedded channel's loop can't tell when it ends. */
  @Override
  public AddressResolver<InetSocketAddress> getResolver(EventExecutor executor) {
    return newResolver(executor);
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new InetNameResolver(executor) {
      @Override
      protected void doResolve(String name, Promise<InetAddress> promise) {
        if (name.equals(UNKNOWN)) {
          promise.setFailure(new UnknownHostException(name));
        } else {
          promise.setSuccess(InetAddress.getLoopbackAddress());
        }
      }

      @Override
      protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
        if (name.equals(UNKNOWN)) {
          promise.setFailure(new UnknownHostException(name));
        } else {
          promise.setSuccess(List.of(InetAddress.getLoopbackAddress()));
        }
      }
    }.asAddressResolver();
  }
}
