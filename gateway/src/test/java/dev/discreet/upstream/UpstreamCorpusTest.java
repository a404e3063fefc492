package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Corpus;
import dev.discreet.testing.Corpus.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code corpora/smuggling.json}, kind {@code upstream}: what an upstream may answer. */
class UpstreamCorpusTest {
  @TestFactory
  List<DynamicTest> everyAnswer() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Case one : Corpus.list("smuggling.json")) {
      if (one.text("kind").equals("upstream")) {
        tests.add(
            DynamicTest.dynamicTest(one.text("id") + " " + one.text("why"), () -> check(one)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(15);
    return tests;
  }

  private static void check(Case one) throws Exception {
    CompletableFuture<Boolean> endedByUs = new CompletableFuture<>();
    String method = one.text("request_method");
    boolean hasBody = method.equals("POST");
    try (RawUpstream api =
            new RawUpstream(
                (connection, number) -> {
                  RawUpstream.readHead(connection);
                  RawUpstream.write(connection, one.text("raw"));
                  if (!one.flag("then_close")) {
                    RawUpstream.rest(connection);
                    endedByUs.complete(true);
                  }
                });
        Fixture gateway = new Fixture(api, Fixture.Settings.usual())) {
      RecordingSink sink = new RecordingSink();
      String[] fields = hasBody ? new String[] {"content-length", "5"} : new String[0];
      gateway.forward(gateway.loop, sink, method, hasBody, fields);
      judge(one, sink);
      if (!one.flag("then_close")) {
        assertThat(endedByUs.get(10, TimeUnit.SECONDS)).as("closed, not reused").isTrue();
      }
    }
  }

  private static void judge(Case one, RecordingSink sink) throws Exception {
    String end = sink.ended();
    switch (one.object("expect").text("outcome")) {
      case "gateway_error" -> assertThat(end).isEqualTo("BAD_GATEWAY");
      case "abort" -> assertThat(end).isEqualTo("cut");
      case "relay_or_502" -> assertThat(end).isIn("done", "BAD_GATEWAY");
      case "relay" -> {
        assertThat(end).isEqualTo("done");
        assertThat(one.object("expect").numbers("status")).contains(sink.status);
        assertThat(sink.body.toString()).isIn("", "hello");
        assertThat(sink.interims).isEmpty();
      }
      default -> throw new AssertionError("an outcome that nobody knows: " + one);
    }
  }
}
