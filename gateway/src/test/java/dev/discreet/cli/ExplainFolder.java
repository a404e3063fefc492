package dev.discreet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration to ask {@code explain} about. */
final class ExplainFolder {
  static final String ALICE = "{\"sub\":\"alice\",\"scope\":\"d:list\",\"account\":\"a1\"}";

  private final Path folder;

  ExplainFolder(Path folder) throws IOException {
    this.folder = folder;
    configure("https://id.example.com", "https://id.example.com/certs");
  }

  void configure(String issuer, String jwks) throws IOException {
    Files.writeString(
        folder.resolve("gateway.yaml"),
        """
        issuers: {main: {issuer: %s, audiences: [tests], jwks: %s, permissionsFrom: [scope]}}
        upstreams: {api: {url: "http://127.0.0.1:1/base"}}
        routes:
          - path: /accounts/{account}/documents/{document}
            upstream: api
            methods: {GET: d:read, DELETE: d:delete}
            knownTo: d:list
          - path: /accounts/{account}/**
            upstream: api
            methods: {GET: public}
        grants:
          - {to: authenticated, permissions: token, resources: "/accounts/{claims.account}/**"}
          - {to: {subject: carol}, permissions: d:delete, resources: /accounts/a1/documents/7}
          - {to: {subject: eve}, permissions: "d:*", resources: "/accounts/*/documents/*", when: 'inRange(request.source, "10.0.0.0/8") && now < timestamp("2027-01-01T00:00:00Z")'}
        """
            .formatted(issuer, jwks));
  }

  /** Puts another text into gateway.yaml in place of one that is there. */
  void replace(String there, String other) throws IOException {
    Path gateway = folder.resolve("gateway.yaml");
    String before = Files.readString(gateway);
    if (!before.contains(there)) {
      throw new IllegalArgumentException("is not there: " + there);
    }
    Files.writeString(gateway, before.replace(there, other));
  }

  Run explain(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "explain";
    all[1] = "--config";
    all[2] = folder.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Run.of(all);
  }
}
