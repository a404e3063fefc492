package dev.discreet.cli;

import dev.discreet.admin.AdminServer;
import dev.discreet.admin.Health;
import dev.discreet.config.ConfigWatcher;
import dev.discreet.config.GatewayConfig;
import dev.discreet.http.ConfigReloader;
import dev.discreet.http.GatewayServer;
import dev.discreet.telemetry.GatewayLog;
import dev.discreet.telemetry.Telemetry;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway of this process, with its operator's listener and its telemetry. */
final class RunningGateway {
  private static final Logger LOG = LoggerFactory.getLogger(RunningGateway.class);

  private final Telemetry telemetry;
  private final GatewayServer gateway;
  private final ConfigReloader reloader;
  private final AdminServer admin;

  private RunningGateway(
      Telemetry telemetry, GatewayServer gateway, ConfigReloader reloader, AdminServer admin) {
    this.telemetry = telemetry;
    this.gateway = gateway;
    this.reloader = reloader;
    this.admin = admin;
  }

  /**
   * Starts everything, or nothing.
   *
   * @param config what to run
   * @param requestLog where requests are logged
   * @param messages where the gateway's own messages are
   * @param watcher has read {@code config}, and notices changes of it
   * @throws CommandFailed if an address can't be bound or the transport does not load
   */
  static RunningGateway start(
      GatewayConfig config, PrintStream requestLog, GatewayLog messages, ConfigWatcher watcher)
      throws CommandFailed {
    Telemetry telemetry = Telemetry.create(config.log(), requestLog);
    telemetry.config().loaded(Instant.now());
    try {
      RunningGateway running = start(config, telemetry, messages, watcher);
      running.announce();
      return running;
    } catch (CommandFailed e) {
      telemetry.close();
      throw e;
    }
  }

  private static RunningGateway start(
      GatewayConfig config, Telemetry telemetry, GatewayLog messages, ConfigWatcher watcher)
      throws CommandFailed {
    GatewayServer gateway;
    try {
      gateway = GatewayServer.start(config, telemetry);
    } catch (IOException e) {
      throw cannotStart(e);
    }
    ConfigReloader reloader = ConfigReloader.start(watcher, gateway, telemetry, messages::change);
    try {
      AdminServer admin =
          AdminServer.start(config.admin(), telemetry, () -> health(gateway, reloader));
      return new RunningGateway(telemetry, gateway, reloader, admin);
    } catch (IOException e) {
      reloader.close();
      gateway.close();
      throw cannotStart(e);
    }
  }

  private static CommandFailed cannotStart(IOException cause) {
    return new CommandFailed(CommandFailed.WRONG_USE, String.valueOf(cause.getMessage()), cause);
  }

  private static Health health(GatewayServer gateway, ConfigReloader reloader) {
    List<String> detail = new ArrayList<>(reloader.detail());
    gateway.issuersWithoutKeys().stream()
        .sorted()
        .map(issuer -> "issuer " + issuer + " has no keys: its tokens are answered 503")
        .forEach(detail::add);
    return new Health(true, gateway.ready(), detail);
  }

  private void announce() {
    long sinceStart =
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    LOG.info(
        "Discreet {} started in {} ms; health and metrics on {}",
        Version.number(),
        sinceStart,
        shown(admin.address()));
  }

  private static String shown(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Ends in order: what runs may end, within the time that the configuration gives it. */
  void shutdown() throws InterruptedException {
    reloader.close();
    gateway.shutdown();
    admin.close();
    telemetry.close();
  }
}
