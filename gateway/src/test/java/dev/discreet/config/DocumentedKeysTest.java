package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/configuration.md lists every key, and no other, each with its default. */
class DocumentedKeysTest {
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  /** What the keys in the tables below a heading stand under. */
  private static final Map<String, String> SECTIONS =
      Map.ofEntries(
          Map.entry("## The gateway", ""),
          Map.entry("## Issuers", "issuers.NAME."),
          Map.entry("## TLS", "listen[].tls."),
          Map.entry("### Opaque tokens", "issuers.NAME.introspection."),
          Map.entry("## Upstreams", "upstreams.NAME."),
          Map.entry("### TLS to upstreams", "upstreams.NAME.tls."),
          Map.entry("## forward", "forward."),
          Map.entry("## headers", "headers."),
          Map.entry("## cors", "cors."),
          Map.entry("## shield", "shield."),
          Map.entry("## requestAccess", "requestAccess."),
          Map.entry("## resourceMetadata", "resourceMetadata."),
          Map.entry("## streams", ""),
          Map.entry("## guard", "guard."),
          Map.entry("## limits, timeouts, log", ""),
          Map.entry("## Routes", "routes[]."),
          Map.entry("## Roles", "roles.NAME."),
          Map.entry("## Grants", "grants[]."));

  /** A row of a table: what it says beside the keys, and the default of its key, or null. */
  private record Row(String text, String fallback) {}

  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<String, Key<?>> keys = new TreeMap<>();

  @BeforeEach
  void collect() throws IOException {
    addKeys("", ConfigLoader.GATEWAY);
    String section = null;
    for (String line : Files.readAllLines(Path.of("..", "docs", "configuration.md"))) {
      if (line.startsWith("#")) {
        section = SECTIONS.get(line);
      } else if (section != null && line.startsWith("| `")) {
        addRow(section, line.split(" \\| ", -1));
      }
    }
  }

  private void addKeys(String prefix, Keys at) {
    for (Key<?> key : at.known().values()) {
      keys.put(prefix + key.name(), key);
      addKeys(prefix + key.name(), key.type().shape());
    }
  }

  private void addKeys(String path, Shape shape) {
    switch (shape) {
      case Shape.Mapping(Keys below) -> addKeys(path + ".", below);
      case Shape.Items(Shape item, int _) -> addKeys(path + "[]", item);
      case Shape.Names(String _, Shape value, int _) -> addKeys(path + ".NAME", value);
      case Shape.AnyOf(List<Shape> shapes) -> shapes.forEach(one -> addKeys(path, one));
      case Shape.Text _,
          Shape.Flag _,
          Shape.Count _,
          Shape.Choice _,
          Shape.Scalar _,
          Shape.Anything _ -> {}
    }
  }

  private void addRow(String section, String[] cells) {
    List<String> names = code(cells[0]);
    List<String> fallbacks = cells.length > 2 ? code(cells[2]) : List.of();
    for (int i = 0; i < names.size(); i++) {
      String name = section + names.get(i);
      rows.put(name, new Row(cells[1], i < fallbacks.size() ? fallbacks.get(i) : ""));
    }
  }

  private static List<String> code(String cell) {
    return CODE.matcher(cell).results().map((MatchResult found) -> found.group(1)).toList();
  }

  @Test
  void everyKeyIsDocumented() {
    List<String> missing = new ArrayList<>();
    // A key that stands in several places is described in one.
    Set<Key<?>> listedKeys = new HashSet<>();
    rows.keySet().stream().filter(keys::containsKey).forEach(p -> listedKeys.add(keys.get(p)));
    keys.forEach(
        (path, key) -> {
          boolean listed =
              listedKeys.contains(key)
                  || rows.keySet().stream().anyMatch(p -> p.startsWith(path + "."));
          if (!listed && !isNamedAboveIt(path, key.name())) {
            missing.add(path);
          }
        });
    assertThat(missing).isEmpty();
    assertThat(keys).hasSizeGreaterThan(90);
  }

  /** Keys of a small mapping are shown where the key that holds them is. */
  private boolean isNamedAboveIt(String path, String name) {
    String under = path.replace("[]", "").replace(".NAME", "");
    Pattern word = Pattern.compile("\\b" + name + "\\b");
    return rows.entrySet().stream()
        .filter(row -> under.startsWith(row.getKey().replace("[]", "").replace(".NAME", "") + "."))
        .anyMatch(row -> word.matcher(row.getValue().text()).find());
  }

  @Test
  void noOtherKeyIs() {
    TreeSet<String> unknown = new TreeSet<>(rows.keySet());
    unknown.removeAll(keys.keySet());
    assertThat(unknown).isEmpty();
  }

  @Test
  void defaultsAreThoseDocumented() {
    Map<String, String> wrong = new TreeMap<>();
    rows.forEach(
        (path, row) -> {
          Key<?> key = keys.get(path);
          String standard = key == null ? null : key.standard();
          if (standard != null && !standard.equals(row.fallback())) {
            wrong.put(path, row.fallback() + ", not " + standard);
          }
        });
    assertThat(wrong).isEmpty();
  }
}
