package dev.discreet.peers;

import dev.discreet.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A headless browser; where there is none, the test that wants one is skipped. */
final class Chromium implements AutoCloseable {
  /** No calls of its own, and whatever certificate. */
  private static final String OPTIONS =
      "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
          + " --disable-background-networking --disable-component-update --disable-dev-shm-usage"
          + " --ignore-certificate-errors";

  /** Cookies go along with what other sites' pages ask for, as they did in every browser once. */
  private static final String PREFERENCES = "{\"profile\": {\"cookie_controls_mode\": 0}}";

  private final Process process;

  /**
   * Opens a page.
   *
   * @param folder for its profile and its log
   */
  Chromium(Path folder, String url, String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of(Peer.needed("chromium")));
    command.addAll(List.of(OPTIONS.split(" ", -1)));
    command.addAll(List.of(more));
    Path profile = folder.resolve("profile");
    Path own = Files.createDirectories(profile.resolve("Default"));
    Files.writeString(own.resolve("Preferences"), PREFERENCES);
    command.addAll(List.of("--user-data-dir=" + profile, url));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("browser.log").toFile())
            .start();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
