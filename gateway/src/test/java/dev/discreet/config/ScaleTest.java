package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What reading a folder costs grows as the folder does. Counted in octets that are allocated, which
 * no other load of the machine changes: so a square is far beyond the bound.
 */
class ScaleTest {
  private static final int TIMES = 8;

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Hidden from nobody; hidden from some, who are warned of; permissions nobody gives.
        "methods: {GET: items:read}, knownTo: items:list",
        "methods: {GET: items:read, PUT: items:write}, knownTo: items:none",
        "methods: {GET: items:read%d}"
      })
  void loadingIsLinear(String rules) {
    read(60, rules);
    long few = read(60, rules);
    long many = read(60 * TIMES, rules);
    assertThat(many).isLessThan(few * TIMES * 2);
  }

  /** Loads ten grants to a route, and counts. */
  private long read(int routes, String rules) {
    StringBuilder text = new StringBuilder("routes:\n");
    for (int i = 0; i < routes; i++) {
      text.append("  - {path: '/accounts/{account}/s")
          .append(i)
          .append("/{item}', upstream: docs, ");
      text.append(rules.replace("%d", String.valueOf(i))).append("}\n");
    }
    text.append("grants:\n");
    for (int i = 0; i < 10 * routes; i++) {
      text.append("  - {to: {subject: user-")
          .append(i)
          .append("}, permissions: [items:list, items:read]");
      text.append(", resources: '/accounts/a")
          .append(i)
          .append("/s")
          .append(i % routes)
          .append("/**'}\n");
    }
    ConfigFolder folder =
        new ConfigFolder(temp)
            .write("gateway.yaml", ConfigFolder.GATEWAY)
            .write("policy.yaml", text.toString());
    var counter = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = counter.getCurrentThreadAllocatedBytes();
    assertThat(folder.load(Map.of())).isInstanceOf(LoadResult.Loaded.class);
    return counter.getCurrentThreadAllocatedBytes() - before;
  }
}
