package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Eventually;
import dev.discreet.testing.GatewayProcess;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import dev.discreet.upstream.RawUpstream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for large answers and do not read them, and little memory outside the heap. */
class DirectMemoryTest {
  private static final int READERS = 300;

  /** By 8 MiB of direct memory. */
  private static final int SERVED = 64;

  private static final List<String> PATHS = List.of("/small", "/secret", "/nowhere");

  @TempDir private Path folder;
  private final Queue<String> heads = new ConcurrentLinkedQueue<>();

  private static Map<String, String> files(RawUpstream api) {
    return Map.of(
        "gateway.yaml",
        """
        listen: 127.0.0.1:0
        admin: 127.0.0.1:0
        issuers:
          main: {issuer: 'https://id.example.com', audiences: [api], jwks: {file: keys.json}}
        upstreams: {api: {url: 'http://127.0.0.1:%d', connections: {perHost: 1000}}}
        routes:
          - {path: /large, upstream: api, methods: {GET: public}}
          - {path: /small, upstream: api, methods: {GET: public}}
          - {path: /secret, upstream: api, methods: {GET: authenticated}}
        """
            .formatted(api.port()),
        "keys.json",
        "{\"keys\":[]}");
  }

  /** Of a large answer it sends as much as it is let. */
  private void serve(Socket connection, int number) throws IOException {
    String head = RawUpstream.readHead(connection);
    heads.add(head);
    if (!head.contains("/large")) {
      RawUpstream.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nsmall");
      return;
    }
    RawUpstream.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
    byte[] part = new byte[64 << 10];
    while (true) {
      connection.getOutputStream().write(part);
    }
  }

  /** L-14. */
  @Test
  void readersBeyondWhatDirectMemoryHasRoomForAre503AndTheOthersAreServed() throws Exception {
    try (RawUpstream api = new RawUpstream(this::serve);
        GatewayProcess gateway =
            new GatewayProcess(folder, files(api), "-Xmx256m", "-XX:MaxDirectMemorySize=8m")) {
      List<RawClient> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(new RawClient(gateway.address()).send(TestGateway.request("GET", "/large")));
      }
      assertThat(statuses(readers)).isEqualTo(Map.of("200", SERVED, "503", READERS - SERVED));
      assertThat(gateway.output())
          .containsOnlyOnce(
              "64 requests are in flight, for which there is too little direct memory"
                  + " (-XX:MaxDirectMemorySize)");
      RawClient.Answer shed = ask(gateway, "/small");
      assertThat(shed.status()).isEqualTo(503);
      assertThat(shed.value("retry-after")).isNotEmpty();
      for (String path : PATHS) {
        assertThat(ask(gateway, path).shape()).as(path).isEqualTo(shed.shape());
      }
      for (RawClient reader : readers) {
        reader.close();
      }
      Eventually.holds("it serves again", () -> ask(gateway, "/small").status() == 200);
      assertThat(ask(gateway, "/secret").status()).isEqualTo(401);
      assertThat(heads).hasSize(SERVED + 1).noneMatch(head -> head.contains("/secret"));
      assertThat(gateway.output()).doesNotContain("out of memory", "upstream: ", "broke off");
    }
  }

  private static Map<String, Integer> statuses(List<RawClient> readers) throws IOException {
    Map<String, Integer> statuses = new TreeMap<>();
    for (RawClient reader : readers) {
      byte[] start = reader.input().readNBytes("HTTP/1.1 200".length());
      statuses.merge(new String(start, StandardCharsets.ISO_8859_1).substring(9), 1, Integer::sum);
    }
    return statuses;
  }

  private static RawClient.Answer ask(GatewayProcess gateway, String path) throws Exception {
    try (RawClient client = new RawClient(gateway.address())) {
      return client.send(TestGateway.request("GET", path)).read("GET");
    }
  }
}
