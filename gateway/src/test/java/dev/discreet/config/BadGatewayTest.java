package dev.discreet.config;

import dev.discreet.config.Problem.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be wrong in {@code gateway.yaml}: one thing, its place, its key, its message. */
class BadGatewayTest {
  @TempDir private Path temp;

  @ParameterizedTest
  @MethodSource({"gateway", "issuers", "upstreams", "secondIssuers"})
  void isReportedAtItsPlace(BadInput input) {
    input.checkIn(new ConfigFolder(temp), Severity.ERROR);
  }

  static Stream<BadInput> gateway() {
    return Stream.of(
        top("listen: 0.0.0.0:70000", "9", "listen", "ports go from 0 to 65535"),
        top("listen: 8080", "9", "listen", "is not host:port"),
        top("listen: []", "9", "listen", "name at least one"),
        top("listen: {address: ':80'}", "19", "listen.address", "is not host:port"),
        top("listen: [0.0.0.0:1, 0.0.0.0:1]", "21", "listen[1]", "stands twice"),
        tls("missing.pem", "there is no such file"),
        tls("gateway.yaml", "holds no certificates in PEM"),
        top(
            "listen: [{address: '[::]:1', proxyProtocol: true}]",
            "45",
            "listen[0].proxyProtocol",
            "needs trustedProxies"),
        top("admin: 0.0.0.0:8080", "8", "admin", "would serve callers and admin"),
        top("realm: 'a\"b'", "8", "realm", "printable ASCII"),
        top("lisen: 0.0.0.0:80", "1", "lisen", "did you mean \"listen\"?"),
        top(
            "resourceMetadata: {resource: 'http://a.example.com'}",
            "30",
            "resourceMetadata.resource",
            "must be an https: URL"),
        top(
            "resourceMetadata: {resource: 'https://a/#x'}",
            "30",
            "resourceMetadata.resource",
            "without a fragment"),
        top("resourceMetadata: {}", "19", "resourceMetadata", "needs the key resource"),
        top("signIn: http://id.example.com/", "9", "signIn", "must be an https: URL or a path"),
        top("signIn: //id.example.com/", "9", "signIn", "must be an https: URL or a path"),
        top("signIn: '/\\id.example.com/'", "9", "signIn", "must be an https: URL or a path"),
        top("signIn: javascript:alert(1)", "9", "signIn", "must be an https: URL or a path"),
        top("signIn: login", "9", "signIn", "must be an https: URL or a path"),
        top("signIn: 'https://a{return}/'", "9", "signIn", "must be an https: URL or a path"),
        top("signIn: '/login?a={back}'", "9", "signIn", "has {back}; only {return} is filled in"),
        top("tracing: {otlp: x}", "1", "tracing", "not supported by this version"),
        top("transport: epol", "12", "transport", "did you mean \"epoll\"?"),
        top("mode: observ", "7", "mode", "did you mean \"observe\"?"),
        top("paths: {semicolon: allow}", "20", "paths.semicolon", "none of data, refuse"),
        top("log: {requests: yes}", "17", "log.requests", "none of false, true"),
        top("log: 5", "6", "log", "must be a mapping"),
        top("trustedProxies: [10.0.0.0/33]", "18", "trustedProxies[0]", "longer than 32"),
        top(
            "trustedProxies: [10.0.0.1/8]",
            "18",
            "trustedProxies[0]",
            "has bits behind its prefix"),
        top("trustedProxies: ['2001:db8::1/64']", "18", "trustedProxies[0]", "the first address"),
        top("trustedProxies: [10.0]", "18", "trustedProxies[0]", "is not a CIDR block"),
        top("trustedProxies: 10.0.0.0/8", "17", "trustedProxies", "must be a list"),
        top("headers: {request: {set: {host: a}}}", "27", "headers.request.set.host", "frames"),
        top("headers: {request: {set: {cookie: a}}}", "27", "headers.request.set.cookie", "says"),
        top(
            "headers: {request: {remove: [authorization]}}",
            "30",
            "headers.request.remove[0]",
            "authorizes"),
        top(
            "headers: {response: {set: {x_request.id: a}}}",
            "28",
            "headers.response.set.x_request.id",
            "own"),
        top("headers: {response: {remove: [te]}}", "31", "headers.response.remove[0]", "frames"),
        top("headers: {response: {set: {a: ' b'}}}", "31", "headers.response.set.a", "can't"),
        top("limits: {headers: 64KB}", "19", "limits.headers", "is not a size"),
        top("limits: {headers: 0}", "19", "limits.headers", "must be from 1"),
        top("limits: {concurrentStreams: 0}", "29", "limits.concurrentStreams", "must be from 1"),
        top("timeouts: {idle: 75}", "18", "timeouts.idle", "is not a duration"),
        top("timeouts: {idle: 99999999h}", "18", "timeouts.idle", "longer than ten years"),
        top("timeouts:", "10", "timeouts", "must be a mapping of keys to values, not empty"),
        top("realm: ${NO_SUCH}", "8", "realm", "environment variable NO_SUCH is not set"),
        top("realm: '${no such}'", "8", "realm", "is written ${NAME}"),
        top("realm: ''", "8", "realm", "is empty"),
        top("requestAccess: {url: 'http://x/'}", "22", "requestAccess.url", "https: or mailto:"),
        top("requestAccess: {url: 'javascript:x'}", "22", "requestAccess.url", "https: or mailto:"),
        top("requestAccess: {url: 'https://x/{id}'}", "22", "requestAccess.url", "has {id}"),
        top("requestAccess: {}", "16", "requestAccess", "needs the key contact, url"),
        top("forward: {claims: {Host: sub}}", "20", "forward.claims.Host", "frames or routes"),
        top("forward: {claims: {te: sub}}", "20", "forward.claims.te", "frames or routes"),
        top(
            "forward: {claims: {Content_Length: sub}}",
            "20",
            "forward.claims.Content_Length",
            "frames or routes"),
        top(
            "forward: {claims: {authorization: sub}}",
            "20",
            "forward.claims.authorization",
            "authorizes"),
        top(
            "forward: {claims: {x_forwarded_for: sub}}",
            "20",
            "forward.claims.x_forwarded_for",
            "comes from"),
        top("forward: {claims: {x-a: /a~2}}", "25", "forward.claims.x-a", "JSON Pointer"),
        top("forward: {remove: [authorization]}", "20", "forward.remove[0]", "forward.token"));
  }

  static Stream<BadInput> issuers() {
    return Stream.of(
        issuer("audiences: []", "16", "audiences", "name at least one"),
        issuer("audience: [x]", "5", "audience", "did you mean \"audiences\"?"),
        issuer("jwks: http://id.example.com/k", "11", "jwks", "in cleartext"),
        issuer("jwks: ftp://id.example.com/k", "11", "jwks", "must be an https: URL"),
        issuer("jwks: {file: missing.json}", "18", "jwks.file", "no such file"),
        issuer("algorithms: [HS256]", "18", "algorithms[0]", "is refused always"),
        issuer("algorithms: [none]", "18", "algorithms[0]", "is refused always"),
        issuer("algorithms: [RS265]", "18", "algorithms[0]", "did you mean \"RS256\"?"),
        issuer("keepKeysFor: 0", "18", "keepKeysFor", "can't be switched off"),
        issuer("tokenType: jwt", "16", "tokenType", "none of any, at+jwt"),
        issuer("dpop: require", "11", "dpop", "did you mean \"required\"?"),
        issuer("certificateBound: disabled", "23", "certificateBound", "optional, required"),
        issuer("claims: {account: /a~}", "23", "claims.account", "JSON Pointer"));
  }

  /** A listener whose certificate is in this file. */
  private static BadInput tls(String certificate, String message) {
    String before = "listen: [{address: '127.0.0.1:1', tls: {key: gateway.yaml, certificate: ";
    return top(before + certificate + "}}]", "73", "listen[0].tls.certificate", message);
  }

  /** One key of an issuer replaced or added, all others being right. */
  private static BadInput issuer(String line, String column, String key, String message) {
    StringBuilder issuer = new StringBuilder("upstreams: {}\nissuers:\n  main:\n    " + line);
    for (String other :
        List.of("issuer: https://id", "audiences: [api]", "jwks: https://id.example.com/k")) {
      if (!line.startsWith(other.substring(0, other.indexOf(':') + 1))) {
        issuer.append("\n    ").append(other);
      }
    }
    return new BadInput(
        "gateway.yaml", issuer.toString(), "4:" + column, "issuers.main." + key, message);
  }

  static Stream<BadInput> upstreams() {
    return Stream.of(
        upstream("url: ftp://docs", "10", "url", "is not a URL"),
        upstream("url: docs:8080", "10", "url", "is not a URL"),
        upstream("url: http://docs:99999", "10", "url", "ports go from 0 to 65535"),
        upstream("url: http://docs/a/../b", "10", "url", "dot segment"),
        upstream("url: http://docs/?q=1", "10", "url", "has a path with a query"),
        upstream("url: http://[1::2::3]", "10", "url", "no IPv6 address"),
        upstream("host: rewritten", "11", "host", "did you mean \"rewrite\"?"),
        upstream("tls: {serverName: docs}", "10", "tls", "is of https: alone"),
        tls("ca: none.pem", "15", "tls.ca", "no such file"),
        tls("serverName: -docs", "23", "tls.serverName", "is not a host name"),
        tls("key: gateway.yaml", "10", "tls", "needs both certificate and key"),
        upstream("protocol: h3", "15", "protocol", "h1"),
        upstream("health: {eject: 0s}", "21", "health.eject", "can't be switched off"),
        upstream("health: {path: health}", "20", "health.path", "is not a path"),
        upstream("health: {every: 1s}", "13", "health", "needs the key path"),
        several("[]", "11", "urls", "is empty"),
        several("[http://a, https://b]", "22", "urls[1]", "has another scheme or path"),
        several("[http://a, http://a]", "22", "urls[1]", "stands twice"),
        several("[http://a/x, http://a/y]", "24", "urls[1]", "has another scheme or path"),
        several(
            "[http://a]\n    url: http://a", "5", "", "needs exactly one of the keys url and urls"),
        upstream("timeouts: {connect: 0s}", "25", "timeouts.connect", "can't be switched off"),
        upstream("connections: {perHost: 0}", "28", "connections.perHost", "must be from 1"),
        upstream("retries: -1", "14", "retries", "is not a whole number"),
        upstream("probe: {method: POST}", "21", "probe.method", "none of GET, HEAD"),
        upstream("probe: {present: [2xx, 600]}", "28", "probe.present[1]", "is not a status"),
        upstream("probe: {present: [4xx]}", "22", "probe.present", "present and absent at once"),
        upstream(
            "probe: {credential: {tokenUrl: https://id/t, clientId: a}}",
            "25",
            "probe.credential",
            "needs the key clientSecret"),
        upstream("probe: {headers: {host: x}}", "23", "probe.headers.host", "frames or routes"),
        upstream(
            "probe: {headers: {a b: x}}", "23", "probe.headers.a b", "is not the name of a header"),
        upstream("probe: {headers: {a: {file: x}}}", "33", "probe.headers.a.file", "no such file"));
  }

  private static BadInput several(String value, String column, String key, String message) {
    return new BadInput(
        "gateway.yaml",
        "issuers: {}\nupstreams:\n  docs:\n    urls: " + value,
        "4:" + column,
        key.isEmpty() ? "upstreams.docs" : "upstreams.docs." + key,
        message);
  }

  private static BadInput tls(String line, String column, String key, String message) {
    return new BadInput(
        "gateway.yaml",
        "issuers: {}\nupstreams:\n  docs:\n    tls: {" + line + "}\n    url: https://docs",
        "4:" + column,
        "upstreams.docs." + key,
        message);
  }

  private static BadInput upstream(String line, String column, String key, String message) {
    String url = line.startsWith("url:") ? "" : "\n    url: http://docs:8080";
    return new BadInput(
        "gateway.yaml",
        "issuers: {}\nupstreams:\n  docs:\n    " + line + url,
        "4:" + column,
        "upstreams.docs." + key,
        message);
  }

  static Stream<BadInput> secondIssuers() {
    String issuer = "{issuer: https://id, audiences: [a], jwks: https://id.example.com/k}";
    return Stream.of(
        new BadInput(
            "gateway.yaml",
            "upstreams: {}\nissuers:\n  one: " + issuer + "\n  two: " + issuer,
            "4:3",
            "issuers.two",
            "has the same issuer as one"),
        new BadInput(
            "gateway.yaml",
            "upstreams: {}\nissuers:\n  any: " + issuer,
            "3:3",
            "issuers.any",
            "use another name"),
        new BadInput(
            "gateway.yaml",
            "upstreams: {}\nissuers:\n  main: {issuer: x, audiences: [a]}",
            "3:18",
            "issuers.main.issuer",
            "can't be asked where its keys are"),
        new BadInput("gateway.yaml", "realm: x", "1:1", "", "needs the key upstreams"));
  }

  private static BadInput top(String line, String column, String keyPath, String message) {
    return new BadInput(
        "gateway.yaml", line + "\nupstreams: {}\n", "1:" + column, keyPath, message);
  }
}
