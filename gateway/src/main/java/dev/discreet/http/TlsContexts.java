package dev.discreet.http;

import dev.discreet.config.ListenAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How each listener speaks TLS, in their order; those of cleartext have none. What did not change
 * keeps its sessions.
 */
record TlsContexts(List<ListenAddress> listeners, List<Optional<TlsContext>> contexts) {
  static TlsContexts of(List<ListenAddress> listeners) {
    return new TlsContexts(listeners, listeners.stream().map(TlsContexts::context).toList());
  }

  /** {@return those of the next configuration, whose listeners differ in their files alone} */
  TlsContexts next(List<ListenAddress> listeners) {
    List<Optional<TlsContext>> next = new ArrayList<>();
    for (int i = 0; i < listeners.size(); i++) {
      boolean same = listeners.get(i).equals(this.listeners.get(i));
      next.add(same ? contexts.get(i) : context(listeners.get(i)));
    }
    return new TlsContexts(listeners, next);
  }

  private static Optional<TlsContext> context(ListenAddress listener) {
    return Optional.ofNullable(listener.tls()).map(TlsContext::new);
  }
}
