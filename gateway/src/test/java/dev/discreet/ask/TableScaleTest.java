package dev.discreet.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.ConfigFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a table and a difference cost grows as the policy does, though each grant brings a row and a
 * caller of its own. Counted in octets that are allocated, which no other load of the machine
 * changes: so a square is far beyond the bound.
 */
class TableScaleTest {
  private static final int TIMES = 8;

  /** A route to ten grants; one route for all. */
  @ParameterizedTest
  @ValueSource(strings = {"/s%d/{item}", "/s0/{item}"})
  void aDifferenceIsLinear(String template) throws Exception {
    difference(40, template);
    long few = difference(40, template);
    long many = difference(40 * TIMES, template);
    assertThat(many).isLessThan(few * TIMES * 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/s%d/{item}", "/s0/{item}"})
  void aTableIsLinear(String template) throws Exception {
    table(40, template);
    long few = table(40, template);
    long many = table(40 * TIMES, template);
    assertThat(many).isLessThan(few * TIMES * 2);
  }

  private static long difference(int size, String template) throws IOException {
    Policy before = policy(size, template, "items:read");
    Policy after = policy(size, template, "items:list");
    long start = allocated();
    TableDiff diff = TableDiff.of(before, after, Moment.now(), Map.of());
    long end = allocated();
    assertThat(diff.changes()).hasSize(10 * size);
    return end - start;
  }

  private static long table(int size, String template) throws IOException {
    Policy policy = policy(size, template, "items:read");
    long start = allocated();
    SampleCallers callers = new SampleCallers(List.of(policy.config()), List.of());
    PolicyView view = callers.view(policy, SampleCallers.FEW, Moment.now());
    Table table = Table.of(view, callers.size() - view.size(), Map.of());
    long end = allocated();
    assertThat(table.callers()).hasSize(SampleCallers.FEW);
    assertThat(table.leftOut()).isEqualTo(10 * size + 2 - SampleCallers.FEW);
    return end - start;
  }

  private static long allocated() {
    var counter = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return counter.getCurrentThreadAllocatedBytes();
  }

  private static Policy policy(int size, String template, String given) throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            issuers: {main: {issuer: "https://id.example.com", audiences: [a], jwks: "https://id.example.com/k"}}
            upstreams: {api: {url: "http://127.0.0.1:1"}}
            routes:
            """);
    boolean many = template.contains("%d");
    for (int i = 0; i < (many ? size : 1); i++) {
      text.append("  - {path: '").append(template.replace("%d", String.valueOf(i)));
      text.append("', upstream: api, methods: {GET: items:read}}\n");
    }
    text.append("grants:\n");
    for (int i = 0; i < 10 * size; i++) {
      text.append("  - {to: {subject: u").append(i).append("}, permissions: ").append(given);
      text.append(", resources: /s").append(many ? i % size : 0).append("/i").append(i);
      text.append("}\n");
    }
    try (ConfigFiles files = new ConfigFiles()) {
      files.write(Map.of("gateway.yaml", text.toString()));
      return new Policy(files.load());
    }
  }
}
