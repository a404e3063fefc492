package dev.discreet.differential;

import java.util.List;

/** Names and values by turns, of which fields of HTTP/2 are made. */
final class Http2Words {
  static final List<String> FIELDS =
      List.of(
          "accept", "*/*",
          "user-agent", "differential (\u00e9\u00ff)",
          "x-empty", "",
          "x-tab", "a\tb",
          "!#$%&'*+-.^_`|~", "tchar",
          "x-long", "0123456789abcdef".repeat(200),
          "cookie", "a=b",
          "cookie", "c=d; e=\"f\"",
          "te", "trailers",
          "expect", "100-continue",
          "range", "bytes=0-0",
          "x-colons", "a: b: c",
          "via", "2 other");

  static final List<String> ODD_FIELDS =
      List.of(
          "x-caller", "admin",
          "x_caller", "admin",
          "x-request-id", "1",
          "content_length", "3",
          "transfer-encoding", "chunked",
          "connection", "close",
          "connection", "x-caller",
          "keep-alive", "timeout=5",
          "proxy-connection", "keep-alive",
          "upgrade", "websocket",
          "http2-settings", "AAMAAABkAARAAAAAAAIAAAAA",
          "te", "gzip",
          "content-length", "0",
          "content-length", "3",
          "content-length", "+0",
          "host", "other.test",
          "X-Upper", "a",
          "x-crlf", "a\r\nTransfer-Encoding: chunked",
          "x-lf", "a\nHost: other.test",
          "x-cr", "a\rb",
          "x-nul", "a\0b",
          "x-blank", " a",
          "x-blank", "a\t",
          "x-bell", "a\u0007b",
          "x space", "a",
          "x:colon", "a",
          "x\r\nhost", "a",
          "", "a",
          "x\u00e9", "a",
          ":path", "/pub/other",
          ":unknown", "a",
          ":status", "200",
          "authorization", "Bearer a.b.c",
          "forwarded", "for=192.0.2.1");

  private Http2Words() {}
}
