package dev.discreet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Configurations to show as a table, and to compare. */
final class TableFolder {
  static final String ROUTES =
      """
      issuers:
        main:
          issuer: https://id.example.com
          audiences: [tests]
          jwks: https://id.example.com/certs
          claims: {account: /org/id}
      upstreams: {api: {url: "http://127.0.0.1:1"}}
      routes:
        - {path: "/accounts/{account}/documents", upstream: api, collection: true, methods: {GET: d:list}}
        - {path: "/accounts/{account}/documents/{document}", upstream: api, methods: {GET: d:read, PUT: d:write}}
        - {path: /files/**, upstream: api, methods: {GET: f:read}}
        - {path: "/files/{name}", upstream: api, methods: {GET: public}}
      """;

  static final String GRANTS =
      """
      grants:
        - {to: authenticated, permissions: token, resources: "/accounts/{claims.account}/**"}
        - {to: {group: staff}, permissions: "d:*", resources: /accounts/**}
        - {to: {subject: carol}, permissions: d:read, resources: /accounts/a1/documents/7}
        - {to: {group: staff}, permissions: f:read, resources: /files/reports/*}
      """;

  private final Path folder;

  TableFolder(Path folder) throws IOException {
    this.folder = folder;
    write("config", ROUTES + GRANTS);
  }

  void write(String name, String gateway) throws IOException {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(folder.resolve(name).resolve("gateway.yaml"), gateway);
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }

  Run table(String... arguments) {
    List<String> all = new ArrayList<>(List.of("table", "--config", path("config")));
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new));
  }

  /** {@return routes, and grants to fifteen subjects, each on resources of its own number} */
  static String fifteen(String resources) {
    StringBuilder grants = new StringBuilder("grants:\n");
    for (int i = 0; i < 15; i++) {
      grants
          .append("  - {to: {subject: u%d}, permissions: d:read, resources: ".formatted(i))
          .append(resources.formatted(i))
          .append("}\n");
    }
    return ROUTES + grants;
  }
}
