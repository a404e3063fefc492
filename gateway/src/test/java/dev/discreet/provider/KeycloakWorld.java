package dev.discreet.provider;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.Map;

/**
 * A gateway that trusts the realm of a Keycloak and a partner's provider, before an API with the
 * documents of SPEC §4.
 */
final class KeycloakWorld implements AutoCloseable {
  private static final String POLICY =
      """
      routes:
        - path: /accounts/{account}/documents
          upstream: documents
          collection: true
          methods: {GET: documents:list}
        - path: /accounts/{account}/documents/{document}
          upstream: documents
          methods: {GET: documents:read, PUT: documents:write, DELETE: documents:delete}
      roles:
        viewer: [documents:list, documents:read]
        owner: ["documents:*"]
      grants:
        - {to: authenticated, issuer: main, role: viewer, resources: "/accounts/{claims.account}/**"}
        - {to: {group: staff}, issuer: main, role: viewer, resources: /accounts/**}
        - to: {claim: /realm_access/roles, is: document-admin}
          issuer: main
          role: owner
          resources: /accounts/{claims.account}/**
        - {to: {claim: azp, is: reporting}, issuer: main, role: viewer, resources: /accounts/**}
        - to: authenticated
          issuer: partner
          role: viewer
          resources: /accounts/{claims.tenant}/**
      """;

  private final CountingApi api =
      new CountingApi().owning(DocumentsWorld.OWN, DocumentsWorld.HIDDEN, "/accounts/a1/documents");
  private final TestGateway gateway;

  /** Starts it with the {@code iss} of both, which say themselves where their keys are. */
  KeycloakWorld(String main, String partner) throws IOException {
    gateway =
        TestGateway.start(
            Map.of(
                "gateway.yaml",
                """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                tokenFrom: [bearer, dpop]
                issuers:
                  main: {issuer: "%s", audiences: [https://api.example.com], dpop: optional}
                  partner: {issuer: "%s", audiences: [https://api.example.com]}
                upstreams:
                  documents: {url: "%s"}
                forward:
                  claims: {x-caller: preferred_username}
                """
                    .formatted(main, partner, api.url()),
                "policy.yaml",
                POLICY));
  }

  /** {@return the gateway} */
  TestGateway gateway() {
    return gateway;
  }

  /** {@return the API behind it} */
  CountingApi api() {
    return api;
  }

  /** {@return the answer to a request with {@code token}} */
  Answer call(String method, String path, String token) throws IOException {
    return gateway.call(method, path, DocumentsWorld.bearer(token));
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    api.close();
  }
}
