package dev.discreet.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says of the memory of processes and sockets. */
public final class LinuxMemory {
  private static final List<Path> SOCKETS =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private LinuxMemory() {}

  /** {@return whether this is Linux} */
  public static boolean isThere() {
    return Files.isReadable(SOCKETS.getFirst());
  }

  /** {@return a process's resident set in octets} */
  public static long resident(long pid) throws IOException {
    return status(pid, "VmRSS:");
  }

  /** {@return the most that it was since {@link #forgetPeak}} */
  public static long peak(long pid) throws IOException {
    return status(pid, "VmHWM:");
  }

  /** Lets the peak begin anew (proc_pid_clear_refs(5)). */
  public static void forgetPeak(long pid) throws IOException {
    Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
  }

  private static long status(long pid, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    throw new IOException("no " + name + " of " + pid);
  }

  /**
   * {@return how many octets the kernel holds of the loopback connection between two ports: sent
   * and not acknowledged, or arrived and not read, on either end}
   */
  public static long queued(int port, int peer) throws IOException {
    long octets = 0;
    int ends = 0;
    for (Path sockets : SOCKETS) {
      for (String line : Files.readAllLines(sockets)) {
        // Number, local and remote address, state, and both queues (proc_net(5)).
        String[] columns = line.strip().split("\\s+", 6);
        if (joins(columns, port, peer) || joins(columns, peer, port)) {
          String[] queues = columns[4].split(":", 2);
          octets += Long.parseLong(queues[0], 16) + Long.parseLong(queues[1], 16);
          ends++;
        }
      }
    }
    if (ends != 2) {
      throw new IOException(ends + " ends of the connection " + port + " to " + peer);
    }
    return octets;
  }

  private static boolean joins(String[] columns, int port, int peer) {
    return columns[1].endsWith(":%04X".formatted(port))
        && columns[2].endsWith(":%04X".formatted(peer));
  }
}
