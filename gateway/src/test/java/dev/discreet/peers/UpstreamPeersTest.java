package dev.discreet.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Peer;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import dev.discreet.upstream.RawUpstream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/** The gateway in front of servers by others, each with the same small API. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass(name = "{0}")
@FieldSource("SERVERS")
class UpstreamPeersTest {
  static final List<Server> SERVERS =
      List.of(
          new Server("nginx", UpstreamPeersTest::nginx),
          new Server("Node", (folder, cut) -> Peer.start(Peer.needed("node"), script("api.js"))),
          new Server(
              "Python", (folder, cut) -> Peer.start(Peer.python("http.server"), script("api.py"))),
          new Server("the JDK", (folder, cut) -> Peer.java(JdkApi.class)));

  private static final int LARGE = 8 << 20;

  @TempDir private static Path folder;

  @Parameter private @Nullable Server server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final RawUpstream cutting =
      new RawUpstream(
          (connection, number) -> {
            RawUpstream.readHead(connection);
            RawUpstream.write(
                connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789");
          });
  private @Nullable Peer peer;
  private @Nullable TestGateway gateway;

  /** One of the servers. */
  record Server(String name, Starter starter) {
    /** Starts it in an empty folder; what one can't do itself, it has a raw server do. */
    interface Starter {
      Peer start(Path folder, int cutting) throws IOException, InterruptedException;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static String script(String name) {
    return Peer.resource(name).toString();
  }

  private static Peer nginx(Path folder, int cutting) throws IOException {
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.writeString(files.resolve("hello"), "hello");
    Files.writeString(files.resolve("chunked"), "in <!--# echo var=\"none\" default=\"parts\" -->");
    Files.write(files.resolve("large"), new byte[LARGE]);
    return Peer.nginx("api.nginx.conf", folder, Map.of("CUT", "" + cutting));
  }

  /** Before each, not before all: what is skipped there is not even counted. */
  @BeforeEach
  void start() throws Exception {
    if (gateway == null) {
      peer = Objects.requireNonNull(server).starter().start(folder, cutting.port());
      gateway =
          TestGateway.start(
              Map.of(
                  "gateway.yaml",
                  """
                  listen: 127.0.0.1:0
                  admin: 127.0.0.1:0
                  upstreams: {api: {url: 'http://127.0.0.1:%d'}}
                  routes:
                    - {path: '/**', upstream: api, methods: {GET: public, POST: public}}
                  """
                      .formatted(peer.address().getPort())));
    }
  }

  @AfterAll
  void stop() throws IOException {
    http.shutdownNow();
    if (gateway != null) {
      gateway.close();
    }
    if (peer != null) {
      peer.close();
    }
    cutting.close();
  }

  private HttpRequest.Builder request(String path) {
    int port = gateway().address().getPort();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private TestGateway gateway() {
    return Objects.requireNonNull(gateway);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void getHeadAndNotModified() throws Exception {
    HttpResponse<String> got = send(request("/hello"));
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.body()).isEqualTo("hello");
    HttpResponse<String> head = send(request("/hello").HEAD());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("content-length")).hasValue("5");
    String tag = got.headers().firstValue("etag").orElseThrow();
    HttpResponse<String> same = send(request("/hello").header("if-none-match", tag));
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(send(request("/nothing")).statusCode()).isEqualTo(204);
    assertThat(send(request("/hello")).body()).isEqualTo("hello");
  }

  @Test
  void chunksAndMuch() throws Exception {
    HttpResponse<String> parts = send(request("/chunked"));
    assertThat(parts.headers().firstValue("transfer-encoding")).hasValue("chunked");
    assertThat(parts.body()).isEqualTo("in parts");
    HttpResponse<byte[]> much = http.send(request("/large").build(), BodyHandlers.ofByteArray());
    assertThat(much.body()).hasSize(LARGE);
  }

  @Test
  void aConnectionIsUsedAgain() throws Exception {
    Set<String> ports = new HashSet<>();
    try (RawClient client = new RawClient(gateway().address())) {
      for (String path : List.of("/hello", "/nothing", "/hello", "/large", "/hello")) {
        Answer answer =
            client
                .send(TestGateway.request("GET", path))
                .read(path.equals("/nothing") ? "HEAD" : "GET");
        ports.add(answer.value("x-port"));
      }
    }
    assertThat(ports).hasSize(1).doesNotContain("");
  }

  @Test
  void bodiesWithALengthAndInChunks() throws Exception {
    HttpResponse<String> sized = send(request("/echo").POST(BodyPublishers.ofString("a body")));
    assertThat(sized.body()).isEqualTo("a body");
    byte[] body = "in chunks".getBytes(StandardCharsets.US_ASCII);
    HttpResponse<String> chunked =
        send(
            request("/echo")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    assertThat(chunked.body()).isEqualTo("in chunks");
  }

  @Test
  void aBodyWaitsForTheWordToGoOn() throws Exception {
    try (RawClient client = new RawClient(gateway().address())) {
      client.send(post("/echo", "Content-Length: 5\r\nExpect: 100-continue"));
      assertThat(client.read("POST").status()).isEqualTo(100);
      Answer answer = client.send("hello").read("POST");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("hello");
    }
  }

  /** SPEC §6: it is answered before its body is through, and the connection then ends. */
  @Test
  void anUploadIsRefusedEarly() throws Exception {
    for (String expect : List.of("", "\r\nExpect: 100-continue")) {
      try (RawClient client = new RawClient(gateway().address())) {
        client.send(post("/early", "Content-Length: 50000000" + expect));
        if (expect.isEmpty()) {
          client.send("x".repeat(1000));
        }
        assertThat(RawClient.statuses(client.readToEnd())).containsExactly(413);
      }
    }
    assertThat(send(request("/hello")).statusCode()).isEqualTo(200);
  }

  /** The client must not take what came for the whole. */
  @Test
  void anAnswerBreaksOff() throws Exception {
    try (RawClient client = new RawClient(gateway().address())) {
      client.send(TestGateway.request("GET", "/cut"));
      assertThat(client.readToEnd())
          .containsIgnoringCase("content-length: 100")
          .endsWith("0123456789");
    }
    assertThat(send(request("/hello")).statusCode()).isEqualTo(200);
  }

  private static String post(String path, String fields) {
    return "POST " + path + " HTTP/1.1\r\nHost: api.test\r\n" + fields + "\r\n\r\n";
  }
}
