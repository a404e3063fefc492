package dev.discreet.peers;

import dev.discreet.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Packages of npm's registry, installed once for a build folder beside the scripts that use them.
 */
final class NpmPackage {
  private static final int PATIENCE_MINUTES = 2;

  private NpmPackage() {}

  /**
   * {@return where a script of the test's resources finds the package} Skips the test where it
   * can't be had, and says so.
   */
  static Path script(String name, String specifier) throws IOException, InterruptedException {
    String npm = Peer.needed("npm");
    Path folder = Files.createDirectories(Path.of("target", "npm").toAbsolutePath());
    Path complete = folder.resolve(specifier.replace('/', '-') + ".complete");
    if (!Files.exists(complete)) {
      Process install =
          new ProcessBuilder(
                  npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", specifier)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("install.log").toFile())
              .start();
      boolean ended = install.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      if (!ended || install.exitValue() != 0) {
        install.destroyForcibly();
        Assumptions.abort("SKIPPED: npm did not get " + specifier + ": " + folder);
      }
      Files.createFile(complete);
    }
    Path script = folder.resolve(name);
    Files.write(script, Files.readAllBytes(Peer.resource(name)));
    return script;
  }
}
