package dev.discreet.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code corpora/oracles.md}, each oracle by its number: to whoever may not know, hidden is as
 * missing, to the octet, and the upstream is not asked.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OraclesTest {
  /** Of these the documents speak, and no test: they are the upstream's to solve. */
  private static final Map<Integer, String> OF_THE_UPSTREAM =
      Map.of(
          36, "A permission to list shows the upstream's whole list",
          37, "searches",
          38, "batches",
          39, "Foreign keys",
          44, "GraphQL",
          49, "identifiers that count up");

  private final Identities identities = new Identities();
  private final List<OracleWorld> worlds = new ArrayList<>();
  private final List<Case> cases = new ArrayList<>();

  OraclesTest() throws IOException {
    for (UpstreamState state : UpstreamState.values()) {
      OracleWorld world = new OracleWorld(state, identities, OracleConfig.OPEN_GUARD);
      worlds.add(world);
      cases.addAll(new WayCases(world).all());
      cases.addAll(new UpstreamSaysCases(world).all());
      cases.addAll(new StepUpCases(world).all());
    }
    OracleWorld well = worlds.getFirst();
    cases.addAll(new ScanCases(well).all());
    cases.addAll(new LogCases(well).all());
    cases.addAll(new ChangeCases(well).all());
    OracleWorld guarded = new OracleWorld(UpstreamState.WELL, identities, GuardCases.GUARD);
    worlds.add(guarded);
    cases.addAll(new GuardCases(guarded).all());
    OracleWorld full = new OracleWorld(UpstreamState.WELL, identities, OverloadCases.LIMITS);
    worlds.add(full);
    cases.addAll(new OverloadCases(full).all());
  }

  @AfterAll
  void stop() throws IOException {
    for (OracleWorld world : worlds) {
      world.close();
    }
    identities.close();
  }

  @TestFactory
  Stream<DynamicTest> each() {
    return cases.stream().map(Case::test);
  }

  /** Who may know is told the two apart, and so the suite can tell. */
  @ParameterizedTest
  @EnumSource
  void aDifferenceWouldBeSeen(Transport transport) throws IOException {
    OracleWorld well = worlds.getFirst();
    List<String> shapes = new ArrayList<>();
    for (String path : List.of(Place.DOCUMENTS.hidden(), Place.DOCUMENTS.missing())) {
      String token = identities.token(OracleWorld.READER, Map.of());
      List<String> fields = List.of("authorization: Bearer " + token);
      Ask ask = new Ask("DELETE", path, "HTTP/1.1", fields, Ask.Body.EMPTY);
      shapes.add(well.line(transport).tell(List.of(ask)).shape());
    }
    assertThat(shapes.getFirst()).contains("403").isNotEqualTo(shapes.getLast());
  }

  @Test
  void theDocumentsNameThoseOfTheUpstream() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "non-disclosure.md")))
        .contains(OF_THE_UPSTREAM.values());
  }

  @Test
  void noneIsLeftOut() {
    Set<Integer> expected = new TreeSet<>(Corpus.numbers("oracles.md"));
    expected.removeAll(OF_THE_UPSTREAM.keySet());
    assertThat(expected).hasSize(44);
    Set<Integer> covered = new TreeSet<>();
    cases.forEach(each -> covered.add(each.oracle()));
    assertThat(covered).isEqualTo(expected);
  }
}
