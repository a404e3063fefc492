package dev.discreet.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.GatewayProcess;
import dev.discreet.testing.LinuxMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a gateway's process holds at one moment.
 *
 * @param heap in KiB, after a collection of all of it
 * @param direct in KiB: what is allocated past the heap by the process's own code, Netty's pools
 *     and the JDK's buffers among it
 * @param descriptors open
 * @param threads of Java's
 * @param resident in KiB
 */
record Vitals(long heap, long direct, long descriptors, long threads, long resident) {
  /** What the process must be started with to be looked into. */
  static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:NativeMemoryTracking=summary");

  private static final Pattern HEAP = Pattern.compile("(?i)tenured.*? used (\\d+)K");
  private static final Pattern DIRECT =
      Pattern.compile(" Other \\(reserved=\\d+KB, committed=(\\d+)KB");
  private static final Pattern THREADS = Pattern.compile("\"[^\n]*\" #\\d+");
  private static final String COMMANDS =
      "GC.run\nGC.heap_info\nVM.native_memory summary scale=KB\nThread.print\n";

  /** Looks. Blocks for as long as the collection takes. */
  static Vitals of(GatewayProcess gateway) throws IOException {
    String told = told(gateway.pid());
    try (Stream<Path> open = Files.list(Path.of("/proc/" + gateway.pid() + "/fd"))) {
      return new Vitals(
          number(HEAP, told),
          number(DIRECT, told),
          open.count(),
          THREADS.matcher(told).results().count(),
          LinuxMemory.resident(gateway.pid()) >> 10);
    }
  }

  private static String told(long pid) throws IOException {
    Path commands = Files.createTempFile("vitals", ".jcmd");
    try {
      Files.writeString(commands, COMMANDS);
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  "-f",
                  commands.toString())
              .redirectErrorStream(true)
              .start();
      return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      Files.delete(commands);
    }
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  /** {@return it as a line} */
  String line() {
    return heap + "," + direct + "," + descriptors + "," + threads + "," + resident;
  }

  /** Fails unless what is looked at stays as it is, once the first quarter is over. */
  static void assertFlat(String what, List<Vitals> looks, ToLongFunction<Vitals> part) {
    long[] values = looks.stream().skip(looks.size() / 4).mapToLong(part).toArray();
    assertThat(Growth.of(values).isSteady())
        .as("%s grows: %s", what, looks.stream().mapToLong(part).boxed().toList())
        .isFalse();
  }
}
