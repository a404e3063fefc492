package dev.discreet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A configuration, and policy tests beside it. */
final class TestFolder {
  static final String CALLERS =
      """
      callers:
        alice: {claims: {sub: alice, scope: d:list, account: a1}}
        oscar: {claims: {sub: oscar, scope: d:list, account: z9}}
      tests:
      """;

  private final Path folder;

  TestFolder(Path folder) throws IOException {
    this.folder = folder;
    configure("https://id.example.com", "https://id.example.com/certs");
  }

  void configure(String issuer, String jwks) throws IOException {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/gateway.yaml"),
        """
        issuers: {main: {issuer: %s, audiences: [tests], jwks: %s, permissionsFrom: [scope]}}
        upstreams: {api: {url: "http://127.0.0.1:1"}}
        routes:
          - path: /accounts/{account}/documents/{document}
            upstream: api
            methods: {GET: d:read, DELETE: d:delete}
            knownTo: d:list
          - {path: /terms, upstream: api, methods: {GET: public}}
        grants:
          - {to: authenticated, permissions: token, resources: "/accounts/{claims.account}/**"}
          - {to: {subject: carol}, permissions: d:delete, resources: /accounts/a1/documents/7}
          - {to: {subject: eve}, permissions: "d:*", resources: "/accounts/*/documents/*", when: 'inRange(request.source, "10.0.0.0/8") && now < timestamp("2027-01-01T00:00:00Z")'}
        """
            .formatted(issuer, jwks));
  }

  Run test(String tests, String... arguments) throws IOException {
    Files.createDirectories(folder.resolve("tests"));
    Files.writeString(folder.resolve("tests/documents.yaml"), tests);
    List<String> all = new ArrayList<>(List.of("test", "--config"));
    all.add(folder.resolve("config").toString());
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new));
  }
}
