package dev.discreet.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keycloak as its makers publish it: fetched and unpacked by Maven, once for a build folder. */
final class KeycloakDistribution {
  private static final String VERSION = "26.7.3";
  private static final String ARTIFACT =
      "org.keycloak:keycloak-quarkus-dist:" + VERSION + ":tar.gz";
  private static final String UNPACK =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack";
  private static final int PATIENCE_MINUTES = 5;

  private KeycloakDistribution() {}

  /** It can't be had: there is no network, or no Maven. */
  @SuppressWarnings("serial")
  static final class Unavailable extends Exception {
    Unavailable(String message) {
      super(message);
    }
  }

  /** {@return where it is unpacked} */
  static Path folder() throws IOException, InterruptedException, Unavailable {
    Path target = Path.of("target", "keycloak").toAbsolutePath();
    Path home = target.resolve("keycloak-" + VERSION);
    Path complete = target.resolve(VERSION + ".complete");
    if (!Files.exists(complete)) {
      fetch(target);
      Files.createFile(complete);
    }
    return home;
  }

  private static void fetch(Path target) throws IOException, InterruptedException, Unavailable {
    Files.createDirectories(target);
    Path log = target.resolve("fetch.log");
    Process maven =
        new ProcessBuilder(command(target))
            // Where no project is: what Maven remembers of the unpacking goes with the folder.
            .directory(target.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = maven.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    if (!ended || maven.exitValue() != 0) {
      maven.descendants().forEach(ProcessHandle::destroyForcibly);
      maven.destroyForcibly();
      throw new Unavailable("Maven did not get " + ARTIFACT + ": " + log);
    }
  }

  /** By the Maven that runs this test, into the repository that it uses. */
  private static List<String> command(Path target) {
    String home = System.getProperty("maven.home", "");
    String repository = System.getProperty("localRepository", "");
    return List.of(
        home.isEmpty() ? "mvn" : Path.of(home, "bin", "mvn").toString(),
        "--batch-mode",
        "--no-transfer-progress",
        repository.isEmpty() ? "--quiet" : "-Dmaven.repo.local=" + repository,
        UNPACK,
        "-Dartifact=" + ARTIFACT,
        "-DoutputDirectory=" + target);
  }
}
