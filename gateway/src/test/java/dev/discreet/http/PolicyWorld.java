package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.guard.Guard;
import dev.discreet.identity.TokenVerifier;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.testing.MemoryApi;
import dev.discreet.testing.MemoryNames;
import dev.discreet.testing.StrictAnswer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import java.util.HashMap;
import java.util.Map;

/** One of several worlds that get the same requests: a policy, and an API of its own behind it. */
final class PolicyWorld implements AutoCloseable {
  private final MemoryApi api = new MemoryApi();
  private final Gateway gateway;
  private final Map<String, EmbeddedClient> clients = new HashMap<>();

  PolicyWorld(GatewayConfig config, Telemetry telemetry, TokenVerifier verifier) {
    gateway =
        new Gateway(
            telemetry,
            Parts.first(
                config,
                telemetry,
                verifier,
                new Guard(config.guard(), new Bootstrap()),
                Parts.upstreams(
                    config,
                    telemetry,
                    api.connections(),
                    new MemoryNames(),
                    new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory()))));
  }

  /**
   * What a caller sees of an exchange.
   *
   * @param method of the request
   * @param octets the answer, none where a forwarded request waits for its body
   * @param open whether its connection lives on
   * @param unread octets of the request that nobody read
   */
  record Seen(String method, String octets, boolean open, String unread) {
    StrictAnswer answer() {
      return StrictAnswer.only(method, octets);
    }

    /** {@return the status in digits, or the empty text where there is no answer} */
    String status() {
      return octets.isEmpty() ? "" : octets.split(" ", 3)[1];
    }
  }

  MemoryApi api() {
    return api;
  }

  /** Sends on the connection of that name, which is made anew where it ended or waits. */
  Seen send(String connection, RandomRequest request, String credential) {
    EmbeddedClient client =
        clients.computeIfAbsent(
            connection, name -> new EmbeddedClient(gateway, api, Integer.MAX_VALUE));
    client.send(request.octets(credential));
    Seen seen = new Seen(request.method(), client.received(), client.open(), client.unread());
    if (!seen.open() || seen.octets().isEmpty()) {
      clients.remove(connection);
      client.close();
    }
    return seen;
  }

  @Override
  public void close() {
    clients.values().forEach(EmbeddedClient::close);
    gateway.current().upstreams().close();
  }
}
