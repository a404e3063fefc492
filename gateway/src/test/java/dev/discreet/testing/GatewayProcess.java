package dev.discreet.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code discreet run} in a process of its own, with the flags that the launcher gives it. */
public final class GatewayProcess implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("listening on \\[/127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern ADMIN =
      Pattern.compile("health and metrics on 127\\.0\\.0\\.1:(\\d+)");
  private static final int PATIENCE_SECONDS = 30;

  /** Netty's, which a run of tests may be made with: what it is started from is too, then. */
  private static final String NO_NATIVE_TLS = "io.netty.handler.ssl.noOpenSsl";

  /** Those of the launcher and of the image. */
  static final List<String> OPTIONS =
      List.of(
          "-XX:MaxRAMPercentage=45",
          "-XX:InitialRAMPercentage=2.5",
          "-XX:MaxRAM=2g",
          "-XX:TrimNativeHeapInterval=5000",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Process process;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final CompletableFuture<Integer> admin = new CompletableFuture<>();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Thread reader;

  /**
   * Starts it.
   *
   * @param folder where its configuration is written
   * @param files of its configuration by name; {@code listen} is to be {@code 127.0.0.1:0}
   * @param options further ones of the Java virtual machine
   */
  public GatewayProcess(Path folder, Map<String, String> files, String... options)
      throws IOException {
    this(List.of(), folder, files, options);
  }

  /** Starts it with no more than {@code most} file descriptors. */
  public static GatewayProcess withDescriptors(
      int most, Path folder, Map<String, String> files, String... options) throws IOException {
    List<String> shell = List.of("sh", "-c", "ulimit -n " + most + "; exec \"$0\" \"$@\"");
    return new GatewayProcess(shell, folder, files, options);
  }

  private GatewayProcess(
      List<String> before, Path folder, Map<String, String> files, String... options)
      throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    if (Boolean.getBoolean(NO_NATIVE_TLS)) {
      command.add("-D" + NO_NATIVE_TLS + "=true");
    }
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath(), "dev.discreet.cli.Main"));
    command.addAll(List.of("run", "--config", folder.toString()));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    reader = Thread.ofVirtual().start(this::read);
  }

  /** What a user's class path has: no test's classes, nor what stands beside them. */
  private static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator, -1))
        .filter(entry -> !entry.contains("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        find(LISTENING, line, port);
        find(ADMIN, line, admin);
      }
    } catch (IOException killed) {
      // Its end.
    }
    IOException ended = new IOException("it does not listen:\n" + output());
    port.completeExceptionally(ended);
    admin.completeExceptionally(ended);
  }

  private static void find(Pattern pattern, String line, CompletableFuture<Integer> port) {
    Matcher matcher = pattern.matcher(line);
    if (matcher.find()) {
      port.complete(Integer.valueOf(matcher.group(1)));
    }
  }

  /** Waits until it listens; {@return where} */
  public InetSocketAddress address() throws Exception {
    return loopback(port);
  }

  /** Waits until its operator's listener is there; {@return where} */
  public InetSocketAddress admin() throws Exception {
    return loopback(admin);
  }

  /** Waits until it wants requests. */
  public GatewayProcess ready() throws Exception {
    InetSocketAddress asked = admin();
    Eventually.holds("it is ready", () -> saysReady(asked));
    return this;
  }

  private static boolean saysReady(InetSocketAddress admin) throws IOException {
    try (RawClient client = new RawClient(admin)) {
      return client.send(TestGateway.request("GET", "/readyz")).read("GET").status() == 200;
    }
  }

  private static InetSocketAddress loopback(CompletableFuture<Integer> port) throws Exception {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), port.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  /** {@return what the kernel calls it} */
  public long pid() {
    return process.pid();
  }

  /** Sends SIGTERM; {@code Process.destroy} would end what it says, too. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Waits for its end; {@return its exit code} */
  public int exitCode() throws Exception {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new TimeoutException("it still runs:\n" + output());
    }
    reader.join();
    return process.exitValue();
  }

  /** {@return what it printed so far} */
  public String output() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
