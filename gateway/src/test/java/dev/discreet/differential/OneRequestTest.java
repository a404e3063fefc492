package dev.discreet.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What the gateway sends upstream is one request for every parser, and the one that was decided:
 * generated requests are sent to it, and the octets that it forwards are sent on to servers by
 * others. The profile {@code differential} does it with 100,000 requests and with Go.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneRequestTest {
  private static final int REQUESTS = Integer.getInteger("differential.requests", 5_000);
  private static final long SEED = Long.getLong("differential.seed", 1);
  static final List<Parser> PARSERS =
      Boolean.getBoolean("differential.built") ? Parser.ALL : Parser.AT_HAND;

  /** For each batch a gateway of its own. */
  private static final int BATCH = 5_000;

  private static final int PER_CONNECTION = 500;

  private final List<Forwarded> forwarded = new ArrayList<>();
  private final List<String> cut = new ArrayList<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();

  OneRequestTest() throws Exception {
    for (int done = 0; done < REQUESTS; done += BATCH) {
      try (Traffic traffic = new Traffic()) {
        traffic.send(Math.min(BATCH, REQUESTS - done), SEED + done);
        forwarded.addAll(traffic.forwarded());
        cut.addAll(traffic.cut());
        traffic.statuses().forEach((status, count) -> statuses.merge(status, count, Integer::sum));
      }
    }
    assertThat(statuses).as("what is generated").containsKeys(200, 400, 401, 417, 505);
    assertThat(forwarded).hasSizeGreaterThan(REQUESTS / 2);
    assertThat(cut).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("PARSERS")
  void isReadAsTheOneThatWasDecided(
      Parser parser, @TempDir Path folder, TestInfo test, TestReporter reporter) throws Exception {
    List<Forwarded> taken = new ArrayList<>(forwarded);
    taken.removeIf(parser.mayRefuse());
    try (Peer server = parser.server().start(folder)) {
      Replay replay = new Replay(server.address());
      for (int from = 0; from < taken.size(); from += PER_CONNECTION) {
        replay.eachIsOne(taken.subList(from, Math.min(from + PER_CONNECTION, taken.size())));
      }
      for (Forwarded request : forwarded) {
        if (parser.mayRefuse().test(request)) {
          replay.isOneOrNone(request);
        }
      }
      for (String octets : cut) {
        replay.isNone(octets);
      }
    }
    reporter.publishEntry(
        test.getDisplayName(),
        "answered %s, read as one %d, cut %d".formatted(statuses, taken.size(), cut.size()));
  }
}
