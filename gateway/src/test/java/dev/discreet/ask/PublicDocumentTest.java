package dev.discreet.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.GatewayConfig;
import dev.discreet.identity.Reason;
import dev.discreet.testing.ConfigFiles;
import dev.discreet.testing.RawClient.Answer;
import dev.discreet.testing.TestGateway;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of the document of RFC 9728 is what the running gateway does. */
class PublicDocumentTest {
  private static final String PLACE = "/.well-known/oauth-protected-resource";
  private static final List<String> TARGETS =
      List.of(
          PLACE,
          PLACE + "/",
          PLACE + "?a=b",
          PLACE + "/v1",
          PLACE + "/v1?a=b",
          PLACE + "/v1?a=c",
          PLACE + "/v%31",
          PLACE + "/v1/",
          PLACE + "//v1",
          PLACE + "/v1;a",
          PLACE + "/a%20b",
          PLACE + "/other");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com",
        "https://api.example.com/v1",
        "https://api.example.com/v1?a=b",
        "https://api.example.com/a%20b"
      })
  void isToldAsItIsAnswered(String resource) throws Exception {
    GatewayConfig config = config(resource);
    Policy policy = new Policy(config);
    int documents = 0;
    try (TestGateway gateway = TestGateway.start(config)) {
      for (String target : TARGETS) {
        for (String method : List.of("GET", "HEAD", "POST", "get", "TRACE")) {
          for (Who who : List.of(Who.anonymous(), new Who.Refused(Reason.MALFORMED, "garbage"))) {
            Inquiry inquiry = new Inquiry(who, method, target, "a", Moment.now());
            Reply said = ((Ruling.Settled) policy.explain(inquiry).ruling()).reply();
            assertThat(policy.ask(inquiry)).isEqualTo(new Ruling.Settled(said));
            Answer answer = call(gateway, method, target, who);
            String line = gateway.logged(answer.value("x-request-id"));
            assertThat(said.answer())
                .as(method + " " + target + " of " + who)
                .isEqualTo(Integer.toString(answer.status()));
            assertThat(line).contains("\"decision\":\"" + said.label() + "\"");
            if (said.row() == null) {
              documents++;
              assertThat(line).doesNotContain("\"row\"");
              assertThat(said.answered()).isNotNull();
              assertThat(method.equals("HEAD") ? said.answered().body() : answer.body())
                  .isEqualTo(said.answered().body());
            }
          }
        }
      }
    }
    assertThat(documents).isPositive();
  }

  private static Answer call(TestGateway gateway, String method, String target, Who who)
      throws Exception {
    return who instanceof Who.Refused(_, String token)
        ? gateway.call(method, target, "Authorization: Bearer " + token)
        : gateway.call(method, target);
  }

  private static GatewayConfig config(String resource) throws Exception {
    try (ConfigFiles files = new ConfigFiles()) {
      files.write(
          Map.of(
              "gateway.yaml",
              """
              listen: 127.0.0.1:0
              admin: 127.0.0.1:0
              resourceMetadata: {resource: "%s"}
              upstreams: {api: {url: "http://127.0.0.1:1"}}
              routes:
                - {path: /terms, upstream: api, methods: {GET: public}}
              """
                  .formatted(resource)));
      return files.load();
    }
  }
}
