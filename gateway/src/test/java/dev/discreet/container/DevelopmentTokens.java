package dev.discreet.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Tokens as docker/README.md says to make them. */
final class DevelopmentTokens {
  private DevelopmentTokens() {}

  /** {@return the authorization field of a subject of account a1} */
  static String bearer(String permissions) throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "docker/development/Token.java",
                "alice",
                "a1",
                permissions)
            .directory(Compose.root().toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String token = new String(java.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    if (java.waitFor() != 0) {
      throw new IOException("no token: " + token);
    }
    return "Authorization: Bearer " + token.strip();
  }
}
