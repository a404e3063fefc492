package dev.discreet.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

/**
 * SIGTERM and SIGINT. The first asks for an orderly end, which takes the time that the
 * configuration gives it; a second one ends the process at once. A shutdown hook could tell neither
 * from the other, and would leave the exit code of a process that was killed.
 *
 * <p>The JDK's class for this, {@code sun.misc.Signal}, is exported and supported (module {@code
 * jdk.unsupported}, JEP 260), but the compiler warns of it in a way that can't be switched off for
 * one class; hence reflection.
 */
final class StopSignal {
  private static final int INT = 2;
  private static final int TERM = 15;

  /** What a shell reports for a process that a signal ended, less the signal's number. */
  private static final int KILLED = 128;

  private final CompletableFuture<String> first = new CompletableFuture<>();

  private StopSignal() {}

  /** Takes both signals from now on. */
  static StopSignal listen() {
    StopSignal stop = new StopSignal();
    try {
      handle("TERM", () -> stop.received("SIGTERM", TERM));
      handle("INT", () -> stop.received("SIGINT", INT));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java virtual machine leaves signals to nobody", e);
    }
    return stop;
  }

  private static void handle(String name, Runnable action) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object proxy =
        Proxy.newProxyInstance(
            StopSignal.class.getClassLoader(),
            new Class<?>[] {handler},
            (self, method, arguments) -> {
              action.run();
              return null;
            });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
  }

  private void received(String name, int number) {
    if (!first.complete(name)) {
      Runtime.getRuntime().halt(KILLED + number);
    }
  }

  /** Waits for the first; {@return its name} */
  String await() {
    return first.join();
  }
}
