package dev.discreet.cli;

import dev.discreet.admin.AdminServer;
import dev.discreet.admin.Health;
import dev.discreet.config.GatewayConfig;
import dev.discreet.http.GatewayServer;
import dev.discreet.telemetry.Telemetry;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway of this process, with its operator's listener and its telemetry. */
final class RunningGateway {
  private static final Logger LOG = LoggerFactory.getLogger(RunningGateway.class);

  private final Telemetry telemetry;
  private final GatewayServer gateway;
  private final AdminServer admin;

  private RunningGateway(Telemetry telemetry, GatewayServer gateway, AdminServer admin) {
    this.telemetry = telemetry;
    this.gateway = gateway;
    this.admin = admin;
  }

  /**
   * Starts everything, or nothing.
   *
   * @param config what to run
   * @param requestLog where requests are logged
   * @throws CommandFailed if an address can't be bound or the transport does not load
   */
  static RunningGateway start(GatewayConfig config, PrintStream requestLog) throws CommandFailed {
    Telemetry telemetry = Telemetry.create(config.log(), requestLog);
    telemetry.config().loaded(Instant.now());
    try {
      RunningGateway running = start(config, telemetry);
      running.announce();
      return running;
    } catch (CommandFailed e) {
      telemetry.close();
      throw e;
    }
  }

  private static RunningGateway start(GatewayConfig config, Telemetry telemetry)
      throws CommandFailed {
    GatewayServer gateway;
    try {
      gateway = GatewayServer.start(config, telemetry);
    } catch (IOException e) {
      throw cannotStart(e);
    }
    try {
      AdminServer admin = AdminServer.start(config.admin(), telemetry, () -> health(gateway));
      return new RunningGateway(telemetry, gateway, admin);
    } catch (IOException e) {
      gateway.close();
      throw cannotStart(e);
    }
  }

  private static CommandFailed cannotStart(IOException cause) {
    return new CommandFailed(CommandFailed.WRONG_USE, String.valueOf(cause.getMessage()), cause);
  }

  private static Health health(GatewayServer gateway) {
    List<String> detail =
        gateway.issuersWithoutKeys().stream()
            .sorted()
            .map(issuer -> "issuer " + issuer + " has no keys: its tokens are answered 503")
            .toList();
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
    var _ =
        gateway
            .firstAttempts()
            .thenRun(() -> health(gateway).detail().forEach(line -> LOG.warn("{}", line)));
  }

  private static String shown(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Ends in order: what runs may end, within the time that the configuration gives it. */
  void shutdown() throws InterruptedException {
    gateway.shutdown();
    admin.close();
    telemetry.close();
  }
}
