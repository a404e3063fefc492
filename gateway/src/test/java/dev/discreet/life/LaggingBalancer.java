package dev.discreet.life;

import dev.discreet.testing.GatewayProcess;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives each connection to one of the gateways that are ready, as {@code /readyz} says, which it
 * asks ten times a second and acts upon late, as load balancers do.
 */
final class LaggingBalancer implements AutoCloseable {
  /** From the moment that a gateway says it until no connection goes there any more. */
  static final int LAG_MILLIS = 700;

  private static final int EVERY_MILLIS = 100;

  private final ServerSocket socket = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
  private final List<Backend> backends = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  private final class Backend {
    private final InetSocketAddress address;
    private final InetSocketAddress admin;
    private volatile boolean ready = true;

    private Backend(InetSocketAddress address, InetSocketAddress admin) {
      this.address = address;
      this.admin = admin;
    }

    private void ask() {
      boolean now = saysReady();
      var _ = clock.schedule(() -> ready = now, LAG_MILLIS - EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private boolean saysReady() {
      try (RawClient client = new RawClient(admin)) {
        return client.send(TestGateway.request("GET", "/readyz")).read("GET").status() == 200;
      } catch (IOException gone) {
        return false;
      }
    }
  }

  LaggingBalancer(GatewayProcess... gateways) throws Exception {
    for (GatewayProcess gateway : gateways) {
      backends.add(new Backend(gateway.address(), gateway.admin()));
    }
    backends.forEach(
        one -> clock.scheduleWithFixedDelay(one::ask, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS));
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        List<Backend> ready = backends.stream().filter(one -> one.ready).toList();
        Backend chosen = ready.get(turn.getAndIncrement() % ready.size());
        Thread.ofVirtual().start(() -> connect(client, chosen.address));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private static void connect(Socket client, InetSocketAddress gateway) {
    try (client;
        Socket peer = new Socket(gateway.getAddress(), gateway.getPort())) {
      client.setTcpNoDelay(true);
      peer.setTcpNoDelay(true);
      Thread up = Thread.ofVirtual().start(() -> pass(client, peer));
      pass(peer, client);
      up.join();
    } catch (IOException refused) {
      // Its client sees that it is closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException ended) {
      // The other direction ends by itself.
    }
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    socket.close();
  }
}
