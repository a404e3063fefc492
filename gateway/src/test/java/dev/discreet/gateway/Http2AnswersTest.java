package dev.discreet.gateway;

import static dev.discreet.testing.RawHttp2.DATA;
import static dev.discreet.testing.RawHttp2.END_HEADERS;
import static dev.discreet.testing.RawHttp2.END_STREAM;
import static dev.discreet.testing.RawHttp2.HEADERS;
import static dev.discreet.testing.RawHttp2.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi.Seen;
import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.RawHttp2.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers over HTTP/2: those of HTTP/1.1, in frames. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2AnswersTest {
  private static final int NO_ERROR = 0;
  private static final int UNSET = -1;

  private final DocumentsWorld world;

  Http2AnswersTest() throws IOException {
    world = new DocumentsWorld();
  }

  @AfterAll
  void stop() throws Exception {
    world.close();
  }

  @BeforeEach
  void forget() {
    world.api().forget();
  }

  private RawHttp2 client() throws IOException {
    return new RawHttp2(world.gateway().address());
  }

  private String token(String caller) {
    return switch (caller) {
      case "nobody" -> "";
      case "forged" -> "Bearer x.y.z";
      case "writer" -> value(world.member("documents:list documents:read documents:write"));
      default -> value(world.member("documents:list documents:read"));
    };
  }

  private static String value(String field) {
    return field.substring(field.indexOf(' ') + 1);
  }

  /** What each row of SPEC §2 says, by who calls. */
  @ParameterizedTest
  @CsvSource({
    "nobody, GET, /accounts/a1/documents/42",
    "nobody, DELETE, /nothing",
    "nobody, GET, /accounts/a1/login-options",
    "forged, GET, /accounts/a1/documents/42",
    "reader, GET, /accounts/a1/documents/42",
    "reader, HEAD, /accounts/a1/documents/42",
    "reader, DELETE, /accounts/a1/documents/42",
    "reader, DELETE, /accounts/a1/documents/404",
    "reader, PATCH, /accounts/a1/documents/42",
    "reader, GET, /accounts/b9/documents/7",
    "reader, GET, /accounts/b9/documents",
    "reader, HEAD, /accounts/b9/documents",
    "reader, GET, /nothing",
    "reader, HEAD, /nothing",
    "reader, GET, /a//b",
    "reader, TRACE, /nothing",
    "reader, OPTIONS, *",
  })
  void areThoseOfHttp1(String caller, String method, String path) throws IOException {
    String credential = token(caller);
    String[] fields =
        credential.isEmpty() ? new String[0] : new String[] {"authorization", credential};
    Answer old =
        world
            .gateway()
            .call(
                method,
                path,
                credential.isEmpty()
                    ? new String[0]
                    : new String[] {"Authorization: " + credential});
    try (RawHttp2 client = client()) {
      Stream stream = client.send(1, RawHttp2.request(method, path, fields)).await(1);
      assertThat(stream.heads()).singleElement().isEqualTo(asHttp2(old, stream));
      assertThat(stream.body()).isEqualTo(old.body());
      assertThat(stream.ended()).isTrue();
    }
  }

  /** The head of HTTP/1.1, with what each protocol says in its own way or anew. */
  private static String asHttp2(Answer old, Stream stream) {
    List<String> lines = new ArrayList<>();
    for (String line : old.head().strip().split("\r\n", -1)) {
      String name = line.substring(0, Math.max(line.indexOf(':'), 0)).toLowerCase(Locale.ROOT);
      switch (name) {
        case "" -> lines.add(":status: " + old.status());
        case "connection", "transfer-encoding" -> {
          // A stream has neither.
        }
        case "date", "x-request-id" -> lines.add(name + ": " + stream.value(name));
        default -> lines.add(name + line.substring(line.indexOf(':')));
      }
    }
    return String.join("\n", lines);
  }

  /** SPEC §9: byte for byte, frames included. */
  @ParameterizedTest
  @CsvSource({"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "FOO"})
  void hiddenIsMissing(String method) throws IOException {
    try (RawHttp2 client = client()) {
      String[] fields = {"authorization", token("reader"), "if-none-match", "*"};
      client.send(1, RawHttp2.request(method, DocumentsWorld.HIDDEN, fields));
      client.send(3, RawHttp2.request(method, "/accounts/b9/documents/9", fields));
      assertThat(client.await(1).shape()).isEqualTo(client.await(3).shape());
      assertThat(client.stream(1).status()).isEqualTo(404);
      assertThat(world.api().seen()).isEmpty();
    }
  }

  @Test
  void bodyAndTrailersGoUpAndTheAnswerComesDown() throws IOException {
    try (DocumentsWorld own = new DocumentsWorld();
        RawHttp2 client = new RawHttp2(own.gateway().address())) {
      own.api()
          .answering(
              request ->
                  String.join(
                      "\r\n",
                      "HTTP/1.1 201 Created",
                      "Transfer-Encoding: chunked",
                      "X-Kept: yes",
                      "",
                      "5",
                      "hello",
                      "0",
                      "X-Sum: 1",
                      "",
                      ""));
      String token = value(own.member("documents:list documents:write"));
      client.frame(
          HEADERS,
          END_HEADERS,
          1,
          put("authorization", token, "cookie", "a=1", "cookie", "b=2", "te", "trailers"));
      client.frame(DATA, NONE, 1, octets("abc"));
      client.frame(DATA, NONE, 1, octets("def"));
      client.frame(HEADERS, END_STREAM | END_HEADERS, 1, RawHttp2.fields(List.of("x-t", "v")));
      Stream stream = client.await(1);
      assertThat(stream.status()).isEqualTo(201);
      assertThat(stream.heads()).hasSize(2);
      assertThat(stream.heads().getFirst()).contains("x-kept: yes").doesNotContain("transfer-enc");
      assertThat(stream.heads().getLast()).isEqualTo("x-sum: 1");
      assertThat(stream.body()).isEqualTo("hello");
      Seen seen = own.api().seen().getLast();
      assertThat(seen.body()).isEqualTo("abcdef\ntrailer x-t: v");
      assertThat(seen.values("host")).containsExactly("gw.test");
      assertThat(seen.values("cookie")).containsExactly("a=1; b=2");
      assertThat(seen.values("transfer-encoding")).containsExactly("chunked");
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** SPEC §3: a short body that is declared is read; any other stream ends with its answer. */
  @Test
  void aRefusalDoesNotWaitForTheBody() throws IOException {
    try (RawHttp2 client = client()) {
      client.frame(HEADERS, END_HEADERS, 1, put("content-length", "3"));
      Stream drained = client.await(1);
      assertThat(drained.status()).isEqualTo(401);
      client.frame(DATA, END_STREAM, 1, new byte[3]);
      client.frame(HEADERS, END_HEADERS, 3, put("content-length", "3000000"));
      assertThat(client.awaitReset(3).status()).isEqualTo(401);
      client.frame(HEADERS, END_HEADERS, 5, put("x", "y"));
      assertThat(client.awaitReset(5).status()).isEqualTo(401);
      client.frame(HEADERS, END_HEADERS, 7, put("expect", "100-continue", "content-length", "3"));
      assertThat(client.awaitReset(7).status()).isEqualTo(401);
      assertThat(drained.resetCode()).isEqualTo(UNSET);
      for (int id : List.of(3, 5, 7)) {
        assertThat(client.stream(id).ended()).isTrue();
        assertThat(client.stream(id).resetCode()).isEqualTo(NO_ERROR);
      }
    }
  }

  private static byte[] put(String... fields) {
    return RawHttp2.fields(RawHttp2.request("PUT", DocumentsWorld.OWN, fields));
  }

  @Test
  void refusalsOfGrpcAreTrailersOnly() throws IOException {
    try (RawHttp2 client = client()) {
      List<String> call = RawHttp2.request("POST", "/nothing", "content-type", "application/grpc");
      Stream anonymous = client.send(1, call).await(1);
      assertThat(anonymous.status()).isEqualTo(200);
      assertThat(anonymous.value("grpc-status")).isEqualTo("16");
      assertThat(anonymous.value("www-authenticate")).isEqualTo("Bearer realm=\"api\"");
      assertThat(anonymous.heads()).hasSize(1);
      assertThat(anonymous.body()).isEmpty();
      call.addAll(List.of("authorization", token("reader")));
      assertThat(client.send(3, call).await(3).value("grpc-status")).isEqualTo("5");
      List<String> proto =
          RawHttp2.request(
              "DELETE",
              DocumentsWorld.OWN,
              "content-type",
              "application/grpc+proto",
              "authorization",
              token("reader"));
      Stream forbidden = client.send(5, proto).await(5);
      assertThat(forbidden.value("grpc-status")).isEqualTo("7");
      assertThat(forbidden.value("grpc-message"))
          .isEqualTo("You lack the permission documents:delete on this resource.");
      assertThat(forbidden.heads().getFirst().lines().map(line -> line.split(": ", 2)[0]))
          .containsExactlyInAnyOrder(
              ":status",
              "content-type",
              "grpc-status",
              "grpc-message",
              "cache-control",
              "www-authenticate",
              "x-request-id",
              "date");
    }
  }
}
