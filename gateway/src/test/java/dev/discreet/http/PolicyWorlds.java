package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.policy.Caller;
import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Grant;
import dev.discreet.policy.RandomPolicy;
import dev.discreet.policy.RouteTable;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.testing.ConfigFiles;
import dev.discreet.testing.OtherPolicy;
import dev.discreet.testing.TokenSigner;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What worlds of random policies have in common: issuers, and callers with their tokens. */
final class PolicyWorlds implements AutoCloseable {
  private static final int CALLERS = 64;

  private final Map<String, TokenSigner> signers =
      Map.of(
          "main", new TokenSigner("https://id.test/main", "k1"),
          "other", new TokenSigner("https://id.test/other", "k2"));
  private final List<Known> callers = new ArrayList<>();
  private final ConfigFiles files = new ConfigFiles();
  private final GatewayConfig base;
  private final Telemetry telemetry;
  private final EmbeddedIdentity identity;

  /** A caller, and the field with which a request says so. */
  record Known(Caller caller, String credential) {}

  PolicyWorlds(long seed) throws IOException {
    Path folder = files.write(Map.of());
    files.write(
        Map.of(
            "main.json", signer("main").jwks(),
            "other.json", signer("other").jwks(),
            "gateway.yaml", gateway(folder)));
    base = files.load();
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    telemetry = Telemetry.create(base.log(), nowhere);
    identity = new EmbeddedIdentity(base, telemetry);
    RandomPolicy random = new RandomPolicy(seed);
    for (int i = 0; i < CALLERS; i++) {
      Caller caller = random.caller();
      callers.add(new Known(caller, credential(caller)));
    }
  }

  private static String gateway(Path folder) {
    return """
        listen: 127.0.0.1:0
        issuers:
          main: {issuer: "https://id.test/main", audiences: [tests], jwks: {file: %1$s/main.json}}
          other: {issuer: "https://id.test/other", audiences: [tests], jwks: {file: %1$s/other.json}}
        upstreams: {api: {url: "http://api.test:80"}}
        log: {requests: false}
        """
        .formatted(folder);
  }

  private TokenSigner signer(String issuer) {
    return signers.getOrDefault(issuer, signers.values().iterator().next());
  }

  List<Known> callers() {
    return callers;
  }

  PolicyWorld world(RouteTable routes, List<Grant> grants) {
    return new PolicyWorld(OtherPolicy.of(base, routes, grants), telemetry, identity.verifier());
  }

  private String credential(Caller caller) {
    return switch (caller) {
      case Caller.Anonymous nobody -> "";
      case Caller.Authenticated known -> bearer(known);
    };
  }

  private String bearer(Caller.Authenticated caller) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("scope", String.join(" ", caller.permissions()));
    claims.put("groups", List.copyOf(caller.groups()));
    for (String name : List.of("account", "level")) {
      Object value = caller.claims().at(ClaimPath.parse(name));
      if (value != null) {
        claims.put(name, value);
      }
    }
    String acr = caller.authentication().acr();
    if (acr != null) {
      claims.put("acr", acr);
    }
    Instant time = caller.authentication().time();
    if (time != null) {
      claims.put("auth_time", time.getEpochSecond());
    }
    return "Authorization: Bearer "
        + signer(caller.issuer()).token(caller.subject(), claims)
        + "\r\n";
  }

  @Override
  public void close() {
    identity.close();
    telemetry.close();
    files.close();
  }
}
