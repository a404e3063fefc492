package dev.discreet.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** What docker-compose.yml starts, with its files: the gateway in front of its API. */
final class Compose implements AutoCloseable {
  static final int PORT = 8080;
  static final int ADMIN_PORT = 9090;
  private static final Path ROOT = root();

  private final Network network = Network.newNetwork();
  private final GenericContainer<?> api =
      new GenericContainer<>(image("discreet-test-api", "docker/api"))
          .withNetwork(network)
          .withNetworkAliases("api")
          .withExposedPorts(PORT)
          .withTmpFs(Map.of("/tmp", "rw"))
          .withCreateContainerCmdModifier(Compose::locked)
          .waitingFor(Wait.forListeningPort());
  private final GenericContainer<?> gateway =
      gateway()
          .withNetwork(network)
          .withExposedPorts(PORT, ADMIN_PORT)
          .withCreateContainerCmdModifier(Compose::configured)
          .waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofMinutes(2)));

  /** Builds the images and starts the containers. */
  Compose() {
    api.start();
    gateway.start();
  }

  /** {@return the gateway's image, not yet told anything} */
  static GenericContainer<?> gateway() {
    return new GenericContainer<>(image("discreet-test", "."))
        .withCreateContainerCmdModifier(Compose::locked);
  }

  /** {@return Debian's Prometheus, which can check metrics} */
  static GenericContainer<?> prometheus() {
    return new GenericContainer<>(image("discreet-test-prometheus", "docker/prometheus"))
        .withExposedPorts(9090)
        .withTmpFs(Map.of("/tmp", "rw"))
        .withCreateContainerCmdModifier(Compose::locked);
  }

  /** {@return where the repository begins, in which modules are tested from their own folder} */
  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("Dockerfile"))) {
      here = Objects.requireNonNull(here.getParent(), "no Dockerfile above " + Path.of(""));
    }
    return here;
  }

  private static ImageFromDockerfile image(String name, String folder) {
    return new ImageFromDockerfile(name, false)
        .withDockerfile(ROOT.resolve(folder).resolve("Dockerfile").normalize());
  }

  private static void locked(CreateContainerCmd create) {
    hostConfig(create).withReadonlyRootfs(true).withCapDrop(Capability.ALL);
  }

  private static void configured(CreateContainerCmd create) {
    String folder = ROOT.resolve("docker/config").toString();
    hostConfig(create).withBinds(new Bind(folder, new Volume("/etc/discreet"), AccessMode.ro));
  }

  private static HostConfig hostConfig(CreateContainerCmd create) {
    return Objects.requireNonNull(create.getHostConfig());
  }

  /** {@return the network of it all} */
  Network network() {
    return network;
  }

  /** {@return the gateway's container} */
  GenericContainer<?> running() {
    return gateway;
  }

  /** {@return where callers are served} */
  InetSocketAddress address() {
    return new InetSocketAddress(gateway.getHost(), gateway.getMappedPort(PORT));
  }

  /** {@return where the operator is served} */
  InetSocketAddress admin() {
    return new InetSocketAddress(gateway.getHost(), gateway.getMappedPort(ADMIN_PORT));
  }

  @Override
  public void close() {
    gateway.stop();
    api.stop();
    network.close();
  }
}
