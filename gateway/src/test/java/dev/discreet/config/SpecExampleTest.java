package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Grant;
import dev.discreet.policy.HeaderChanges;
import dev.discreet.policy.KnownTo;
import dev.discreet.policy.OnUnknown;
import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.RequestAccess;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.ResourcePattern;
import dev.discreet.policy.ResourcePattern.Part;
import dev.discreet.policy.Route;
import dev.discreet.policy.Shield;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of SPEC §4, without what this version does not support. */
class SpecExampleTest {
  private static final String GATEWAY =
      """
      listen: 0.0.0.0:8080
      admin: 127.0.0.1:9090                # /metrics /livez /readyz
      issuers:
        main:
          issuer: https://id.example.com/realms/main
          audiences: [https://api.example.com]
          jwks: https://id.example.com/realms/main/certs
          permissionsFrom: [scope, permissions, /realm_access/roles]
          groupsFrom: [groups]
          claims: {account: /org/id}       # {claims.account} below means this claim
      upstreams:
        documents:
          url: http://documents:8080
          probe: {method: HEAD, headers: {authorization: "Bearer ${PROBE_TOKEN}"}, cache: {present: 10s, absent: 2s}}
      forward:
        claims: {x-caller: sub}
      requestAccess: {contact: admins@example.com}
      """;
  private static final String ROUTES =
      """
      routes:
        - path: /accounts/{account}/documents
          upstream: documents
          collection: true                 # or {empty: '{"items":[],"total":0}'}
          methods: {GET: documents:list, POST: documents:create}
        - path: /accounts/{account}/documents/{document}
          upstream: documents
          methods:
            GET: documents:read
            PUT: documents:write
            DELETE: documents:delete
          knownTo: {anyOf: [documents:list, documents:read]}
        - path: /accounts/{account}/documents/{document}/publish
          resource: /accounts/{account}/documents/{document}    # decided, and probed, as its document
          upstream: documents
          methods: {POST: [documents:write, documents:publish]} # all of them; {anyOf: […]} for one of them
        - path: /accounts/{account}/login-options
          upstream: documents
          methods: {GET: public}           # known to whoever knows the account's name
      """;
  private static final String GRANTS =
      """
      roles:
        viewer: [documents:list, documents:read]
        editor: {includes: [viewer], permissions: [documents:write]}
        owner: ["documents:*"]
      grants:
        - to: authenticated                # or anyone (anonymous too)
          permissions: token               # what the token itself carries (permissionsFrom) …
          resources: /accounts/{claims.account}/**   # … inside the account that the token names
        - to: {group: staff}
          role: viewer
          resources: /accounts/**
        - to: {claim: /realm_access/roles, is: document-admin}
          role: owner
          resources: ["/accounts/{claims.account}/documents/**", "/accounts/{claims.account}/login-options"]
        - to: {subject: user-17}           # with several issuers: {issuer: main, subject: user-17}
          role: owner
          resources: /accounts/a1/documents/42
        - to: authenticated
          permissions: [documents:read]
          resources: /accounts/{account}/documents/{document}
          when: 'claims.department == "legal" && path.account.startsWith("legal-")'   # CEL
      """;

  @TempDir private Path temp;
  private GatewayConfig config;
  private ConfigFolder folder;

  @BeforeEach
  void load() {
    folder =
        new ConfigFolder(temp)
            .write("gateway.yaml", GATEWAY)
            .write("routes/documents.yaml", ROUTES)
            .write("permissions/grants.yaml", GRANTS);
    config = folder.loaded(Map.of("PROBE_TOKEN", "s3cret"));
  }

  @Test
  void hasNoWarningsButOfCleartext() {
    LoadResult result = folder.load(Map.of("PROBE_TOKEN", "s3cret"));

    assertThat(((LoadResult.Loaded) result).warnings())
        .extracting(Problem::keyPath)
        .containsExactly("listen", "upstreams.documents.url");
  }

  @Test
  void readsTheGateway() throws Exception {
    assertThat(config.listen())
        .extracting(ListenAddress::socket)
        .containsExactly(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 8080));
    assertThat(config.admin().socket().getPort()).isEqualTo(9090);
    assertThat(config.realm()).isEqualTo("api");
    assertThat(config.forward().stripToken()).isFalse();
    assertThat(config.forward().claims()).containsExactly(Map.entry("x-caller", claim("sub")));
    assertThat(config.transport()).isEqualTo(GatewayConfig.Transport.AUTO);
    assertThat(config.limits())
        .isEqualTo(new LimitsConfig(32768, 100, 8192, 8192, 0, 65536, 10000, 0, 100, 0));
    assertThat(config.timeouts())
        .isEqualTo(
            new TimeoutsConfig(
                seconds(10), seconds(30), seconds(75), seconds(10), seconds(5), seconds(20)));
    assertThat(config.log()).isEqualTo(new LogConfig(LogConfig.Level.INFO, true, true));
  }

  @Test
  void readsTheIssuer() {
    assertThat(config.issuers().get("main"))
        .isEqualTo(
            new IssuerConfig(
                "main",
                "https://id.example.com/realms/main",
                List.of("https://api.example.com"),
                new IssuerConfig.Format.Signed(
                    new IssuerConfig.KeySource.Remote(
                        URI.create("https://id.example.com/realms/main/certs"))),
                IssuerConfig.Access.DIRECT,
                Set.of("RS256", "PS256", "ES256", "EdDSA"),
                List.of(claim("aud")),
                Map.of(),
                false,
                seconds(30),
                null,
                Duration.ofHours(24),
                List.of(claim("scope"), claim("permissions"), claim("/realm_access/roles")),
                List.of(claim("groups")),
                Map.of("account", claim("/org/id")),
                IssuerConfig.Binding.STANDARD));
  }

  @Test
  void readsTheUpstream() {
    UpstreamConfig.Probe probe =
        new UpstreamConfig.Probe(
            "HEAD",
            Map.of("authorization", "Bearer s3cret"),
            null,
            Duration.ofMillis(500),
            List.of(new UpstreamConfig.StatusRange(200, 299)),
            List.of(
                new UpstreamConfig.StatusRange(404, 404), new UpstreamConfig.StatusRange(410, 410)),
            64,
            OnUnknown.CONCEAL,
            seconds(10),
            seconds(2),
            100_000);
    assertThat(config.upstreams().get("documents"))
        .isEqualTo(
            new UpstreamConfig(
                "documents",
                List.of(new UpstreamConfig.Address("documents", 8080, "documents:8080")),
                "",
                false,
                null,
                false,
                new UpstreamConfig.Timeouts(seconds(5), seconds(15), seconds(60)),
                new UpstreamConfig.Connections(256, seconds(60), 1024),
                1,
                new UpstreamConfig.Health(5, seconds(10), null),
                probe,
                null));
  }

  @Test
  void readsTheRoutes() {
    List<Route> routes = config.routes().routes();
    PathTemplate document =
        new PathTemplate(
            "/accounts/{account}/documents/{document}",
            List.of(
                new Segment.Literal("accounts"),
                new Segment.Variable("account"),
                new Segment.Literal("documents"),
                new Segment.Variable("document")));

    assertThat(routes).hasSize(4);
    assertThat(routes.getFirst().emptyList()).isEqualTo("[]");
    assertThat(routes.get(1).path()).isEqualTo(document);
    assertThat(routes.get(1).resourceIsPath()).isTrue();
    assertThat(routes.get(1).methods().keySet()).containsExactly("GET", "PUT", "DELETE");
    assertThat(routes.get(1).knownTo())
        .isEqualTo(
            new KnownTo.Holders(
                new Requirement.AnyOf(List.of("documents:list", "documents:read"))));
    assertThat(routes.get(1).requestAccess())
        .isEqualTo(new RequestAccess("admins@example.com", null));
    assertThat(routes.get(2).resource()).isEqualTo(document);
    assertThat(routes.get(2).methods())
        .containsExactly(
            Map.entry(
                "POST", new Requirement.AllOf(List.of("documents:write", "documents:publish"))));
    assertThat(routes.get(3).methods()).containsEntry("GET", Requirement.Public.PUBLIC);
    assertThat(routes.get(3).forwarding())
        .isEqualTo(new Route.Forwarding("documents", 0, 0, null, HeaderChanges.NONE, Shield.NONE));
  }

  @Test
  void readsTheGrants() {
    List<Grant> grants = config.grants().all();

    assertThat(grants).hasSize(5);
    assertThat(grants.getFirst())
        .isEqualTo(
            new Grant(
                "permissions/grants.yaml:6",
                Grant.To.AnyAuthenticated.ANY_AUTHENTICATED,
                null,
                Grant.Gives.TokenPermissions.TOKEN_PERMISSIONS,
                List.of(
                    new ResourcePattern(
                        "/accounts/{claims.account}/**",
                        null,
                        List.of(
                            new Part.Literal("accounts"),
                            new Part.Claim("account"),
                            Part.Below.BELOW))),
                null));
    assertThat(grants.getLast().when()).isNotNull();
    assertThat(grants.get(2).to())
        .isEqualTo(new Grant.To.Claimants(claim("/realm_access/roles"), Set.of("document-admin")));
    assertThat(grants.get(3).to()).isEqualTo(new Grant.To.Subjects(Set.of("user-17")));
    Grant.Gives.Permissions owner = (Grant.Gives.Permissions) grants.get(3).gives();
    assertThat(owner.permissions().covers("documents:delete")).isTrue();
    assertThat(owner.permissions().covers("accounts:read")).isFalse();
  }

  private static ClaimPath claim(String text) {
    return ClaimPath.parse(text);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
