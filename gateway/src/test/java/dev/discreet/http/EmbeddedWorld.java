package dev.discreet.http;

import dev.discreet.config.ConfigLoader;
import dev.discreet.config.GatewayConfig;
import dev.discreet.guard.Guard;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.testing.ConfigFiles;
import dev.discreet.testing.MemoryApi;
import dev.discreet.testing.MemoryNames;
import dev.discreet.testing.StrictAnswer;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TokenSigner;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The world of SPEC §4 behind the real pipeline, with what the rows of §2 need beside it. */
final class EmbeddedWorld implements AutoCloseable {
  static final String LIST = "/accounts/a1/documents";
  static final String OWN = "/accounts/a1/documents/42";
  static final String MISSING = "/accounts/a1/documents/404";
  static final String HIDDEN = "/accounts/b9/documents/7";
  static final String PUBLIC = "/accounts/a1/login-options";

  private static final String ROUTES =
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
        - {path: "/accounts/{account}/login-options", upstream: documents, methods: {GET: public}}
        - {path: "/notices/{id}", upstream: documents, methods: {GET: notices:read}}
        - {path: /me, upstream: documents, methods: {GET: authenticated}}
        - {path: "/concealing/{id}", upstream: documents, methods: {GET: o:read}, knownTo: authenticated}
        - {path: "/telling/{id}", upstream: telling, methods: {GET: o:read}, knownTo: authenticated}
        - {path: "/busy/{id}", upstream: busy, methods: {GET: o:read}, knownTo: authenticated}
        - {path: "/transfers/{id}", upstream: documents, methods: {GET: t:read, POST: t:make}, acr: [gold, silver], maxAge: 5m}
        - {path: /transfers, upstream: documents, collection: true, methods: {GET: t:read}, acr: [gold]}
        - {path: /ledger, upstream: documents, methods: {GET: authenticated}, maxAge: 1h}
        - {path: /nameless, upstream: nameless, methods: {GET: public}}
        - {path: /items, upstream: documents, collection: {empty: '{"items":[]}'}, methods: {GET: i:list}}
      """;

  private static final String GRANTS =
      """
      grants:
        - {to: authenticated, issuer: any, permissions: token, resources: "/accounts/{claims.account}/**"}
        - {to: {group: staff}, issuer: any, permissions: [documents:list, documents:read], resources: /accounts/**}
        - {to: {subject: carol}, issuer: main, permissions: ["documents:*"], resources: /accounts/a1/documents/42}
        - {to: {group: payers}, issuer: any, permissions: [t:read], resources: /transfers/**}
        - {to: anyone, permissions: [notices:read], resources: /notices/open}
      """;

  private final TokenSigner signer = new TokenSigner("https://id.test/main", "k1");
  private final TokenSigner keyless = new TokenSigner("https://id.test/keyless", "k1");
  private final MemoryApi api = new MemoryApi();
  private final RequestLines lines = new RequestLines();
  private final ConfigFiles files = new ConfigFiles();
  private final Telemetry telemetry;
  private final EmbeddedIdentity identity;
  private final Gateway gateway;

  /** Builds it; {@code extra} is added to gateway.yaml. */
  EmbeddedWorld(String extra) throws IOException {
    Path folder = files.write(Map.of("main.json", signer.jwks(), "none.json", "no key set"));
    files.write(texts(folder, extra));
    // As if the file had been spoilt after the check: an issuer without keys.
    GatewayConfig config =
        ConfigFiles.loaded(ConfigLoader.load(folder, Map.of(), anything -> true));
    telemetry =
        Telemetry.create(config.log(), new PrintStream(lines, true, StandardCharsets.UTF_8));
    identity = new EmbeddedIdentity(config, telemetry);
    ChannelFactory<Channel> connections = api.connections();
    gateway =
        new Gateway(
            telemetry,
            Parts.first(
                config,
                telemetry,
                identity.verifier(),
                new Guard(config.guard(), new Bootstrap()),
                Parts.upstreams(
                    config,
                    telemetry,
                    connections,
                    new MemoryNames(),
                    new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory()))));
    api.existing(Set.of(OWN, HIDDEN, LIST, PUBLIC, "/accounts/b9/documents", "/telling/1"));
  }

  private static Map<String, String> texts(Path folder, String extra) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(
        "gateway.yaml",
        """
        listen: 127.0.0.1:0
        issuers:
          main: {issuer: "https://id.test/main", audiences: [tests], jwks: {file: %1$s/main.json}, permissionsFrom: [scope]}
          keyless: {issuer: "https://id.test/keyless", audiences: [tests], jwks: {file: %1$s/none.json}}
        upstreams:
          documents: {url: "http://api.test:80", probe: {cache: {present: 0s, absent: 0s}}}
          telling: {url: "http://api.test:80", probe: {onFailure: disclose, cache: {present: 0s, absent: 0s}}}
          busy: {url: "http://api.test:80", probe: {onFailure: unavailable, cache: {present: 0s, absent: 0s}}}
          nameless: {url: "http://unknown.test:80"}
        requestAccess: {contact: docs-admins@example.com}
        %2$s
        """
            .formatted(folder, extra));
    texts.put("routes.yaml", ROUTES);
    texts.put("grants.yaml", GRANTS);
    return texts;
  }

  MemoryApi api() {
    return api;
  }

  /** {@return the authorization field of {@code subject} with further claims} */
  String bearer(String subject, Map<String, Object> claims) {
    return "Authorization: Bearer " + signer.token(subject, claims);
  }

  /** {@return the authorization field of a member of account a1 with these permissions} */
  String member(String permissions) {
    return bearer("alice", Map.of("account", "a1", "scope", permissions));
  }

  /** {@return the authorization field of an issuer whose keys never arrived} */
  String keyless() {
    return "Authorization: Bearer " + keyless.token("alice", Map.of());
  }

  /** {@return a new connection, of which a read brings {@code most} octets} */
  EmbeddedClient connect(int most) {
    return new EmbeddedClient(gateway, api, most);
  }

  EmbeddedClient connect() {
    return connect(Integer.MAX_VALUE);
  }

  /** Sends one request on a connection of its own; {@return its answer} */
  StrictAnswer ask(String method, String target, String... fields) {
    try (EmbeddedClient client = connect()) {
      return client.send(TestGateway.request(method, target, fields)).answer(method);
    }
  }

  /** {@return the line that the log has of what was answered so} */
  String line(StrictAnswer answer) {
    return lines.of(answer.value("x-request-id"));
  }

  /** {@return the metrics} */
  String metrics() {
    return telemetry.scrape();
  }

  @Override
  public void close() {
    gateway.current().upstreams().close();
    identity.close();
    telemetry.close();
    files.close();
  }
}
