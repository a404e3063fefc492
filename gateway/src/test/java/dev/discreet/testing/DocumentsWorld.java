package dev.discreet.testing;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The world of SPEC §4: two accounts, their documents, and who may do what there. */
public final class DocumentsWorld implements AutoCloseable {
  /** A document of the account that most callers belong to. */
  public static final String OWN = "/accounts/a1/documents/42";

  /** One that does not exist there. */
  public static final String MISSING = "/accounts/a1/documents/404";

  /** A document of another account. */
  public static final String HIDDEN = "/accounts/b9/documents/7";

  private final TestIssuer issuer;
  private final CountingApi api;
  private final TestGateway gateway;
  private final Map<String, String> files;

  /** Starts it all; {@code extra} is added to gateway.yaml. */
  public DocumentsWorld(String extra, String upstream) throws IOException {
    issuer = new TestIssuer();
    api =
        new CountingApi()
            .owning(OWN, HIDDEN, "/accounts/a1/documents", "/accounts/b9/documents")
            .owning("/accounts/a1/login-options");
    files = files(extra, upstream);
    gateway = TestGateway.start(files);
  }

  /** Starts it with what every test needs. */
  public DocumentsWorld() throws IOException {
    this("", "probe: {cache: {present: 0s, absent: 0s}}");
  }

  private Map<String, String> files(String extra, String upstream) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "gateway.yaml",
        """
        listen: 127.0.0.1:0
        admin: 127.0.0.1:0
        issuers:
          main:
            issuer: %s
            audiences: [tests]
            jwks: %s/jwks
            permissionsFrom: [scope, permissions]
        upstreams:
          documents:
            url: %s
            %s
        requestAccess: {contact: docs-admins@example.com}
        %s
        """
            .formatted(issuer.issuer(), issuer.issuer(), api.url(), upstream, extra));
    files.put(
        "routes/documents.yaml",
        """
        routes:
          - path: /accounts/{account}/documents
            upstream: documents
            collection: true
            methods: {GET: documents:list, POST: documents:create}
          - path: /accounts/{account}/documents/{document}
            upstream: documents
            methods: {GET: documents:read, PUT: documents:write, DELETE: documents:delete}
            knownTo: documents:list
          - path: /accounts/{account}/login-options
            upstream: documents
            methods: {GET: public}
          - path: /accounts/{account}/transfers/{transfer}
            upstream: documents
            methods: {GET: transfers:read, POST: transfers:make}
            acr: [gold, silver]
            maxAge: 5m
        """);
    files.put(
        "permissions/grants.yaml",
        """
        roles:
          viewer: [documents:list, documents:read]
        grants:
          - to: authenticated
            permissions: token
            resources: /accounts/{claims.account}/**
          - to: {group: staff}
            role: viewer
            resources: /accounts/**
          - to: {subject: carol}
            permissions: ["documents:*"]
            resources: /accounts/a1/documents/42
        """);
    return files;
  }

  /** {@return what a file of the configuration held at the start} */
  public String file(String name) {
    return Objects.requireNonNull(files.get(name));
  }

  /** {@return the files of a gateway that is the same but speaks TLS} */
  public Map<String, String> overTls(SelfSigned server) {
    Map<String, String> secured = new LinkedHashMap<>(files);
    secured.put("server.pem", server.certificate());
    secured.put("server.key", server.key());
    secured.computeIfPresent(
        "gateway.yaml",
        (name, text) ->
            text.replace(
                "listen: 127.0.0.1:0",
                "listen: [{address: '127.0.0.1:0', tls: {certificate: server.pem, key:"
                    + " server.key}}]"));
    return secured;
  }

  /** {@return the API behind the gateway} */
  public CountingApi api() {
    return api;
  }

  /** {@return the gateway} */
  public TestGateway gateway() {
    return gateway;
  }

  /** {@return who issues the tokens} */
  public TestIssuer issuer() {
    return issuer;
  }

  /** {@return the authorization field of a member of account a1 with these permissions} */
  public String member(String permissions) {
    return bearer(issuer.token("alice", Map.of("account", "a1", "scope", permissions)));
  }

  /** {@return the authorization field that carries {@code token}} */
  public static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    api.close();
    issuer.close();
  }
}
