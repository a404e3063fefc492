package dev.discreet.testing;

import dev.discreet.config.ConfigWatcher;
import dev.discreet.config.GatewayConfig;
import dev.discreet.http.ConfigReloader;
import dev.discreet.http.GatewayServer;
import dev.discreet.telemetry.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The whole gateway in this process, on free loopback ports, with a configuration from text. */
public final class TestGateway implements AutoCloseable {
  private final ConfigFiles files;
  private final Telemetry telemetry;
  private final GatewayServer server;
  private final ConfigReloader reloader;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private TestGateway(ConfigFiles files, ConfigWatcher watcher, GatewayConfig config)
      throws IOException {
    this.files = files;
    telemetry = Telemetry.create(config.log(), new PrintStream(log, true, StandardCharsets.UTF_8));
    server = GatewayServer.start(config, telemetry);
    reloader = ConfigReloader.start(watcher, server, telemetry, logging -> {});
    server.firstAttempts().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Starts with files by name. */
  public static TestGateway start(Map<String, String> texts) throws IOException {
    ConfigFiles files = new ConfigFiles();
    files.write(texts);
    return start(files);
  }

  /** Starts with these files, which are deleted at the end. */
  public static TestGateway start(ConfigFiles files) throws IOException {
    ConfigWatcher watcher = files.watcher();
    return new TestGateway(files, watcher, ConfigFiles.loaded(watcher.load()));
  }

  /** Starts with a configuration that need not be written anywhere. */
  public static TestGateway start(GatewayConfig config) throws IOException {
    ConfigFiles files = new ConfigFiles();
    return new TestGateway(files, files.watcher(), config);
  }

  /** {@return where it serves callers} */
  public InetSocketAddress address() {
    return server.addresses().getFirst();
  }

  /** {@return the running server} */
  public GatewayServer server() {
    return server;
  }

  /** Puts a file of the configuration in place, whole or not at all. */
  public void write(String name, String content) throws IOException {
    Path file = files.folder().resolve(name);
    Path beside = file.resolveSibling("." + file.getFileName());
    Files.writeString(beside, content);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** {@return where its files are} */
  public Path folder() {
    return files.folder();
  }

  /** Waits until a change that {@code change} makes was taken over. */
  public void taking(Change change) throws IOException {
    changing(change, "success");
  }

  /** Waits until a change that {@code change} makes was refused. */
  public void refusing(Change change) throws IOException {
    changing(change, "failure");
  }

  private void changing(Change change, String result) throws IOException {
    double before = reloads(result);
    change.make();
    Eventually.holds("a reload ends with " + result, () -> reloads(result) > before);
  }

  private double reloads(String result) {
    return metric("discreet_config_reloads_total{result=\"" + result + "\"}");
  }

  /** {@return the value of a time series, 0 where there is none} */
  public double metric(String series) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .sum();
  }

  /** {@return why a change is not in force, as {@code /readyz} says it} */
  public List<String> detail() {
    return reloader.detail();
  }

  /** What a test does to the configuration's files. */
  public interface Change {
    void make() throws IOException;
  }

  /** {@return what was logged so far, a line a request} */
  public String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /** {@return the line of the request log that holds {@code part}, once it is written} */
  public String logged(String part) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < deadline) {
      Optional<String> line = log().lines().filter(text -> text.contains(part)).findFirst();
      if (line.isPresent()) {
        return line.get();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no line with " + part + " in:\n" + log());
  }

  /** {@return the metrics} */
  public String metrics() {
    return telemetry.scrape();
  }

  /** Sends one request on a connection of its own, and reads its answer. */
  public RawClient.Answer call(String method, String target, String... fields) throws IOException {
    try (RawClient client = new RawClient(address())) {
      return client.send(request(method, target, fields)).read(method);
    }
  }

  /** {@return a request without a body, as it goes over the wire} */
  public static String request(String method, String target, String... fields) {
    StringBuilder text =
        new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: api.test");
    for (String field : fields) {
      text.append("\r\n").append(field);
    }
    return text.append("\r\n\r\n").toString();
  }

  @Override
  public void close() throws IOException {
    reloader.close();
    server.close();
    telemetry.close();
    files.close();
  }
}
