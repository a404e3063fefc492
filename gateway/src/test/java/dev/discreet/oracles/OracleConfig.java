package dev.discreet.oracles;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The configuration that makes each {@link Outsider} one. */
final class OracleConfig {
  /** A limit that nobody reaches. */
  static final String OPEN_GUARD = "guard: {refusals: 1000000/min}";

  static final String GRANTS_FILE = "grants.yaml";

  /** Where the upstream says itself what it thinks of those who ask. */
  static final String SHIELDED = "/shielded/";

  static final String ROWS = "/rows/";

  /** How many others hold something on what is hidden. */
  private static final int FRIENDS = 200;

  private OracleConfig() {}

  /**
   * {@return the files of a gateway before this API, which trusts these identities}
   *
   * @param admission whole lines of gateway.yaml: whom it turns away whatever they ask for
   */
  static Map<String, String> files(String api, String identities, String admission) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("server.pem", OracleWorld.SERVER.certificate());
    files.put("server.key", OracleWorld.SERVER.key());
    files.put("callers.pem", OracleWorld.CALLER.certificate());
    files.put(
        "gateway.yaml",
        """
        listen:
          - {address: '127.0.0.1:0'}
          - address: '127.0.0.1:0'
            tls: {certificate: server.pem, key: server.key, clientCertificates: {ca: callers.pem}}
        admin: 127.0.0.1:0
        cors: {origins: [https://app.example.com]}
        %s
        requestAccess: {contact: docs-admins@example.com}
        upstreams:
          api:
            url: %s
            connections: {perHost: 2, pending: 1}
            timeouts: {response: 60s}
            probe: {cache: {present: 1h, absent: 1h}}
        %s
        """
            .formatted(admission, api, identities));
    files.put("routes.yaml", ROUTES);
    files.put(GRANTS_FILE, grants());
    return files;
  }

  private static final String ROUTES =
      """
      routes:
        - path: /accounts/{account}/documents
          upstream: api
          collection: true
          methods: {GET: documents:list, POST: documents:create}
        - path: /accounts/{account}/documents/{document}
          upstream: api
          methods: {GET: documents:read, PUT: documents:write, DELETE: documents:delete}
        - path: /accounts/{account}/documents/{document}/pages/{page}
          upstream: api
          methods: {GET: pages:read, DELETE: pages:delete}
        - path: /accounts/{account}/documents/{document}/notes/{note}
          upstream: api
          methods: {GET: notes:read}
        - path: /accounts/{account}/documents/{document}/publish
          resource: /accounts/{account}/documents/{document}
          upstream: api
          methods: {POST: [documents:write, documents:publish]}
        - path: /ledgers/{ledger}
          upstream: api
          methods: {GET: ledgers:read, DELETE: ledgers:delete}
          knownTo: [ledgers:list, ledgers:audit]
        - path: /vault/{secret}
          upstream: api
          methods: {GET: vault:read, PURGE: vault:purge}
          knownTo: nobody
        - path: /transfers/{transfer}
          upstream: api
          methods: {GET: transfers:read, PURGE: transfers:purge}
          acr: [gold, silver]
          maxAge: 5m
        - {path: "/notices/{notice}", upstream: api, methods: {GET: notices:read, DELETE: notices:delete}}
        - {path: /about, upstream: api, methods: {GET: public}}
        - path: /shielded/{id}
          upstream: api
          methods: {GET: authenticated, PUT: authenticated, DELETE: authenticated}
          shield: [403, 404, 410]
        - path: /rows/{row}
          upstream: api
          methods: {GET: rows:read, DELETE: rows:delete}
          knownTo: upstream
      """;

  private static final String GRANTS =
      """
      grants:
        - {to: authenticated, issuer: main, permissions: token, resources: "/accounts/{claims.account}/**"}
        - {to: {subject: olivia}, issuer: main, permissions: ["*"], resources: /**}
        - {to: {subject: rita}, issuer: main, permissions: [documents:read], resources: /accounts/**}
        - {to: {subject: chloe}, issuer: main, permissions: ["*"], resources: "/accounts/*/documents/*/notes/**"}
        - {to: {subject: paul}, issuer: main, permissions: ["*"], resources: /accounts/b9/documents}
        - {to: {subject: lena}, issuer: main, permissions: [ledgers:list], resources: /ledgers/**}
        - {to: {subject: victor}, issuer: main, permissions: [vault:purge], resources: /vault/**}
        - {to: {subject: tina}, issuer: main, permissions: [transfers:purge], resources: /transfers/**}
        - {to: anyone, permissions: [notices:read], resources: /notices/open}
        - to: authenticated
          issuer: any
          permissions: ["*"]
          resources: /accounts/{account}/documents/{document}
          when: claims.department == "legal"
      """;

  /** {@return the grants as they are at first} */
  static String grants() {
    return GRANTS + friends();
  }

  private static String friends() {
    String subjects =
        IntStream.range(0, FRIENDS).mapToObj(i -> "friend-" + i).collect(Collectors.joining(", "));
    StringBuilder grants = new StringBuilder();
    for (Place place : Place.values()) {
      grants.append(
          "  - {to: {subject: [%s]}, issuer: main, permissions: [\"*\"], resources: %s}\n"
              .formatted(subjects, place.hidden()));
    }
    return grants.toString();
  }
}
