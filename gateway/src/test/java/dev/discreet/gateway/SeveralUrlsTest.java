package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.CountingApi;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code urls} and {@code health}, as a configuration says them. */
class SeveralUrlsTest {
  private static final String NOTHING = "Content-Length: 0\r\n\r\n";

  @SuppressWarnings("NullAway.Init")
  private CountingApi one;

  @SuppressWarnings("NullAway.Init")
  private CountingApi other;

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  @BeforeEach
  void start() throws IOException {
    one = api();
    other = api();
    gateway =
        TestGateway.start(
            Map.of(
                "gateway.yaml",
                """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                upstreams:
                  api:
                    urls: ['%s/base', '%s/base']
                    host: rewrite
                    health: {eject: 100ms, path: /health, every: 50ms, timeout: 5s}
                routes:
                  - {path: '/**', upstream: api, methods: {GET: public}}
                """
                    .formatted(one.url(), other.url())));
  }

  private static CountingApi api() throws IOException {
    CountingApi api = new CountingApi();
    answering(api, 200);
    return api;
  }

  /** Answers its checks so, and everything else with 200. */
  private static void answering(CountingApi api, int health) {
    api.answering(
        request ->
            "HTTP/1.1 "
                + (request.target().equals("/base/health") ? health : 200)
                + " X\r\n"
                + NOTHING);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    one.close();
    other.close();
  }

  private static long requests(CountingApi api) {
    return api.seen().stream().filter(seen -> seen.target().equals("/base/a")).count();
  }

  @Test
  void eachGetsSomeUnderItsOwnName() throws IOException {
    Eventually.holds(
        "both are asked",
        () -> {
          assertThat(gateway.call("GET", "/a").status()).isEqualTo(200);
          return requests(one) > 0 && requests(other) > 0;
        });
    for (CountingApi api : new CountingApi[] {one, other}) {
      assertThat(api.seen())
          .allSatisfy(
              seen -> assertThat("http://" + seen.values("host").getFirst()).isEqualTo(api.url()));
    }
  }

  @Test
  void whereAllAreIllIs503AndSaysWhenToComeBack() throws IOException {
    answering(one, 503);
    answering(other, 404);
    Eventually.holds("both are ill", () -> gateway.call("GET", "/a").status() == 503);
    Answer answer = gateway.call("GET", "/a");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.value("retry-after")).isNotEmpty();
    assertThat(gateway.logged("none of its addresses is healthy")).contains("\"status\":503");
    answering(one, 204);
    Eventually.holds("one is well", () -> gateway.call("GET", "/a").status() == 200);
  }
}
