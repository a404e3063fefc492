package dev.discreet.differential;

import java.util.List;

/** What requests are made of: what is right and common first, then what has fooled some parser. */
final class Words {
  static final List<String> METHODS =
      List.of("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "M-SEARCH");

  static final List<String> ODD_METHODS =
      List.of(
          "get", "Get", "G\tT", "CONNECT", "TRACE", "BREW", "GET\0", "GET,POST", "", "PRI", "\"");

  static final List<String> SEGMENTS =
      List.of(
          "a",
          "42",
          "a%20b",
          "%C3%A9",
          "%c3%a9",
          "a%2Bb+c",
          "%7E~",
          "!$&'()*+,=:@-._~",
          "...",
          "a..b",
          "%E2%82%AC",
          "%41",
          "%25",
          "%25x",
          "%22%3C%3E",
          "%23%3F",
          "GET",
          "http:");

  static final List<String> ODD_SEGMENTS =
      List.of(
          "..", ".", "%2e%2e", "%2E", ".%2e", "..%2f", "%2F", "a;b", "%3b", "a\\b", "%5c", "%00",
          "%0d%0a", "%7f", "%c2%85", "\u00e9", "%e9", "%c0%af", "%2525", "%zz", "%", "%4", "",
          "a#b", "a\"b", "{x}", "a|b", "^", "`", "<", "a b", "a\tb", "\0", "*", "%u0041");

  static final List<String> QUERIES =
      List.of(
          "",
          "",
          "",
          "?",
          "?a=b&c=d",
          "?a=%2f..&c",
          "?http://other.test/",
          "?a?b",
          "?/../x",
          "?%00",
          "?%zz",
          "?;a;b",
          "?x=%0d%0aHost:%20x",
          "?%E9",
          "?'()*!$@:");

  /** They may pass, but there are parsers that refuse them. */
  static final List<String> BRACED_QUERIES = List.of("?{a}", "?a|b", "?^`", "?\\..\\", "?a[]=1");

  static final List<String> ODD_QUERIES =
      List.of("?a b", "?\u00e9", "?a#b", "?<a>", "?\"", "?\t", "?\0", "?a HTTP/1.1");

  static final List<String> HOSTS =
      List.of(
          "api.test",
          "api.test",
          "API.test",
          "api.test:80",
          "api.test:8080",
          "api.test.",
          "a-b.test",
          "127.0.0.1",
          "[::1]",
          "[2001:db8::1]:8443",
          "a_b.test");

  static final List<String> ODD_HOSTS =
      List.of(
          "",
          "a b",
          "a/b",
          "a@b",
          "a,b",
          "a, b",
          "api.test:99999",
          "api.test:",
          "a..b",
          "%41",
          "a;b",
          "api.test#",
          "[::1",
          "\u00e9.test",
          "a\tb",
          "api.test:80:80",
          "a\\b",
          "?",
          "a'b",
          "api.test:+1");

  static final List<String> FIELDS =
      List.of(
          "Accept: */*",
          "Accept: text/html;q=0.5, application/json",
          "User-Agent: differential (\u00e9\u00ff)",
          "X-Empty:",
          "X-Blanks: \t a \t b \t ",
          "x-lower: 1",
          "X-UPPER: 1",
          "!#$%&'*+-.^_`|~: tchar",
          "X-Long: " + "0123456789abcdef".repeat(200),
          "Cookie: a=b; c=\"d\"",
          "Cookie: x=y",
          "If-None-Match: \"1\", W/\"2\"",
          "Range: bytes=0-0",
          "Content-Type: application/x-www-form-urlencoded",
          "Content-Encoding: gzip",
          "Via: 1.1 other",
          "X-Colons: a: b: c",
          "X-Twice: 1",
          "X-Twice: 2",
          "Trailer: X-Sum",
          "TE: trailers",
          "TE: gzip, trailers",
          "Max-Forwards: 0",
          "Keep-Alive: timeout=5",
          "Proxy-Connection: keep-alive",
          "Connection: keep-alive",
          "Connection: X-Twice",
          "Connection: close",
          "Expect: 100-continue",
          "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAA",
          "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nConnection: Upgrade, HTTP2-Settings",
          "Range: bytes=-1");

  /** What the caller may not say, and what would mislead whoever believes it. */
  static final List<String> ODD_FIELDS =
      List.of(
          "X-Caller: admin",
          "x_caller: admin",
          "X.Caller: admin",
          "X-Request-Id: 1",
          "X-Forwarded-For: 192.0.2.1",
          "X-Forwarded-Host: admin.test",
          "Forwarded: for=192.0.2.1",
          "X-Original-URL: /admin",
          "X-HTTP-Method-Override: DELETE",
          "Connection: X-Caller, X-Request-Id",
          "Connection: Content-Length",
          "Connection: close, Transfer-Encoding",
          "Connection: Host, Authorization",
          "Connection: Connection, , ;",
          "Content_Length: 3",
          "Content.Length: 3",
          "Transfer_Encoding: chunked",
          "Host_: x",
          "Content-Length : 0",
          "Transfer-Encoding : chunked",
          " Leading: blank",
          "X-Fold: a\r\n b",
          "X-Fold: a\r\n\tTransfer-Encoding: chunked",
          "No colon",
          ": no name",
          "X-Cr: a\rb",
          "X-Lf: a\nTransfer-Encoding: chunked",
          "X-Nul: a\0b",
          "X-Bell: a\u0007b",
          "X-Del: a\u007fb",
          "X Space: a",
          "X\u00e9: a",
          "X(): a",
          "X\tTab: a",
          "Expect: 200-ok",
          "Expect: 100-continue, x",
          "Host: other.test",
          "Authorization: Bearer a.b.c",
          "\u000bTransfer-Encoding: chunked",
          "X-Vt: a\u000b",
          "X-C1: a\u0085b",
          "Upgrade: h2c, websocket\r\nConnection: upgrade",
          "Transfer-Encoding: ",
          "Content-Length: ");

  static final List<String> BODIES =
      List.of(
          "",
          "hello",
          "GET /admin HTTP/1.1\r\nHost: api.test\r\n\r\n",
          "0\r\n\r\nGET /admin HTTP/1.1\r\nHost: api.test\r\n\r\n",
          "\r\n",
          "\r\n\r\n0\r\n\r\n",
          "{\"a\": \"\u00e9\"}",
          "5\r\nhello\r\n0\r\n\r\n");

  static final List<String> EXTENSIONS =
      List.of(";a", ";a=b", "; a = b", ";a=\"q;\\\"x\"", ";a;b;c", " ;a", "\t;a", ";a=\"\u00e9\"");

  static final List<String> ODD_EXTENSIONS =
      List.of(
          " ", ";", ";=b", ";a=", ";a=\"", ";a\r", ";\n", "\0", ";a b", ";a=b c", "x", ",1",
          ";a\0");

  static final List<String> TRAILERS =
      List.of("X-Sum: 1", "x-a: b", "X-Empty:", "Server-Timing: a;dur=1");

  static final List<String> ODD_TRAILERS =
      List.of(
          "Content-Length: 3",
          "Transfer-Encoding: chunked",
          "Host: other.test",
          "X-Caller: admin",
          "Authorization: Bearer a.b.c",
          "Connection: close",
          "X-Fold: a\r\n b",
          "No colon",
          " X: 1",
          "X : 1",
          "X: a\rb",
          "GET /admin HTTP/1.1");

  static final List<String> ODD_ENCODINGS =
      List.of(
          "chunked, identity",
          "identity",
          "gzip, chunked",
          "chunked, chunked",
          "xchunked",
          "chunke",
          "\u000bchunked",
          "chunked\u000b",
          "\"chunked\"",
          "chunked;q=1",
          ",chunked",
          "chunked,",
          "chun\tked",
          "chunked\r\nTransfer-Encoding: identity",
          "identity\r\nTransfer-Encoding: chunked");

  static final List<String> VERSIONS =
      List.of(
          "HTTP/1.2",
          "http/1.1",
          "HTTP/2.0",
          "HTTP/1.1 ",
          "HTTP/1.10",
          "HTTP/01.1",
          "HTTP/0.9",
          "",
          "HTTP/1.1\t",
          "HTTP /1.1");

  private Words() {}
}
