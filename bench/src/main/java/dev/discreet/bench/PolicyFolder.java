package dev.discreet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a configuration of any size. The first thousand grants are the caller's. */
final class PolicyFolder {
  private static final int PER_FILE = 10_000;
  private static final int OWN = 1_000;

  private PolicyFolder() {}

  static void write(Path folder, int routes, int grants, int upstreamPort) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("gateway.yaml"),
        """
        listen: 127.0.0.1:%d
        admin: 127.0.0.1:0
        timeouts: {idle: 0s}
        issuers:
          main: {issuer: "https://id.example.com", audiences: [api], jwks: {file: keys.json}}
        upstreams:
          api: {url: "http://127.0.0.1:%d"}
        """
            .formatted(MeasuredGateway.freePort(), upstreamPort));
    for (int from = 0; from < routes; from += PER_FILE) {
      StringBuilder text = new StringBuilder("routes:\n");
      for (int i = from; i < Math.min(routes, from + PER_FILE); i++) {
        text.append("  - path: /accounts/{account}/s").append(i).append("/items/{item}\n");
        text.append("    upstream: api\n    methods: {GET: items:read}\n");
      }
      Files.writeString(folder.resolve("routes" + from + ".yaml"), text);
    }
    for (int from = 0; from < grants; from += PER_FILE) {
      StringBuilder text = new StringBuilder("grants:\n");
      for (int i = from; i < Math.min(grants, from + PER_FILE); i++) {
        text.append("  - to: {subject: ").append(i < OWN ? "caller" : "user-" + i).append("}\n");
        text.append("    permissions: [items:read]\n    resources: /accounts/a").append(i % OWN);
        text.append("/s").append(i % routes).append("/**\n");
      }
      Files.writeString(folder.resolve("grants" + from + ".yaml"), text);
    }
  }
}
