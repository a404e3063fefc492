package dev.discreet.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Bodies are octets: what they are coded in is between client and upstream. */
class OpaqueBodyTest {
  private static final int INFLATED = 32 << 20;

  private static String bomb() throws IOException {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(deflated)) {
      gzip.write(new byte[INFLATED]);
    }
    return deflated.toString(ISO_8859_1);
  }

  @Test
  void c16WhatInflatesToAThousandTimesItsSizePassesAsItIs() throws IOException {
    String bomb = bomb();
    assertThat(bomb.length()).isLessThan(INFLATED / 900);
    String coded = "Content-Encoding: gzip\r\nContent-Length: " + bomb.length();
    try (CountingApi api = new CountingApi();
        TestGateway gateway =
            TestGateway.start(
                Map.of(
                    "gateway.yaml",
                    """
                    listen: 127.0.0.1:0
                    admin: 127.0.0.1:0
                    upstreams: {api: {url: '%s'}}
                    routes:
                      - {path: /file, upstream: api, methods: {PUT: public}}
                    """
                        .formatted(api.url())));
        RawClient client = new RawClient(gateway.address())) {
      api.answering(request -> "HTTP/1.1 200 OK\r\n" + coded + "\r\n\r\n" + bomb);
      client.send(TestGateway.request("PUT", "/file", coded) + bomb);
      RawClient.Answer answer = client.read("PUT");
      assertThat(answer.value("content-encoding")).isEqualTo("gzip");
      assertThat(answer.body()).isEqualTo(bomb);
      assertThat(api.seen().getLast().body()).isEqualTo(bomb);
    }
  }
}
