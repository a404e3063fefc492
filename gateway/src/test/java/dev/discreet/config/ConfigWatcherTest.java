package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.identity.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as a change of the configuration, and when it is read. */
class ConfigWatcherTest {
  private static final String ROUTE =
      "routes: [{path: /%s, upstream: docs, methods: {GET: public}}]\n";
  private static final Duration TICK = Duration.ofMillis(1);

  @TempDir private Path temp;
  private ConfigFolder folder;
  private ConfigWatcher watcher;
  private GatewayConfig running;
  private long now = Long.MAX_VALUE - 1; // a clock that runs over, as nanoTime may

  @BeforeEach
  void load() {
    folder = new ConfigFolder(temp.resolve("config")).write("gateway.yaml", ConfigFolder.GATEWAY);
    watcher = new ConfigWatcher(folder.path(), Map.of(), KeyFiles::isKeySet);
    running = loaded(watcher.load());
  }

  private static GatewayConfig loaded(@Nullable LoadResult result) {
    assertThat(result).isInstanceOf(LoadResult.Loaded.class);
    return ((LoadResult.Loaded) result).config();
  }

  private static List<String> errors(@Nullable LoadResult result) {
    assertThat(result).isInstanceOf(LoadResult.Broken.class);
    return ((LoadResult.Broken) result).problems().stream().map(Problem::toString).toList();
  }

  private static List<String> paths(@Nullable LoadResult result) {
    return loaded(result).routes().routes().stream().map(route -> route.path().text()).toList();
  }

  private @Nullable LoadResult pollAfter(Duration time) {
    now += time.toNanos();
    return watcher.poll(now, running);
  }

  /** {@return what is read once a change has been seen and has rested} */
  private @Nullable LoadResult afterRest() {
    assertThat(pollAfter(TICK)).isNull();
    return pollAfter(ConfigWatcher.REST);
  }

  @Test
  void whatHasNotChangedIsNotRead() {
    assertThat(pollAfter(TICK)).isNull();
    assertThat(pollAfter(Duration.ofHours(1))).isNull();
  }

  @Test
  void aChangeIsReadOnceAndAtRest() {
    folder.write("a.yaml", ROUTE.formatted("a"));
    assertThat(pollAfter(TICK)).isNull();
    assertThat(pollAfter(ConfigWatcher.REST.minusNanos(1))).isNull();
    assertThat(paths(pollAfter(Duration.ofNanos(1)))).containsExactly("/a");
    assertThat(pollAfter(Duration.ofHours(1))).isNull();
  }

  @Test
  void whatArrivesInPartsIsReadOnceItIsWhole() {
    folder.write("a.yaml", ROUTE.formatted("a"));
    assertThat(pollAfter(TICK)).isNull();
    folder.write("a.yaml", ROUTE.formatted("a") + "grants: [");
    assertThat(pollAfter(ConfigWatcher.REST)).isNull();
    folder.write("a.yaml", ROUTE.formatted("whole"));
    assertThat(pollAfter(ConfigWatcher.REST)).isNull();
    assertThat(paths(pollAfter(ConfigWatcher.REST))).containsExactly("/whole");
  }

  @Test
  void whatChangedBeforeTheFirstLookIsNoticed() {
    folder.write("a.yaml", ROUTE.formatted("early"));
    assertThat(paths(afterRest())).containsExactly("/early");
  }

  @Test
  void newRenamedAndDeletedFilesAreChanges() throws IOException {
    folder.write("sub/a.yml", ROUTE.formatted("a"));
    assertThat(paths(afterRest())).containsExactly("/a");

    Files.move(folder.path().resolve("sub/a.yml"), folder.path().resolve("sub/.a.yml"));
    assertThat(paths(afterRest())).isEmpty();

    Files.move(folder.path().resolve("sub"), folder.path().resolve("other"));
    Files.move(folder.path().resolve("other/.a.yml"), folder.path().resolve("other/b.yaml"));
    assertThat(paths(afterRest())).containsExactly("/a");

    Files.delete(folder.path().resolve("other/b.yaml"));
    assertThat(paths(afterRest())).isEmpty();
  }

  @Test
  void aFileOfTheSameSizeAndTimeIsAChangeStill() throws IOException {
    Path file = folder.path().resolve("a.yaml");
    folder.write("a.yaml", ROUTE.formatted("a"));
    assertThat(paths(afterRest())).containsExactly("/a");
    FileTime time = Files.getLastModifiedTime(file);
    Path beside = Files.writeString(temp.resolve("beside"), ROUTE.formatted("b"));
    Files.setLastModifiedTime(beside, time);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    assertThat(paths(afterRest())).containsExactly("/b");
  }

  @Test
  void whatIsNoPartOfTheConfigurationIsNoChange() {
    folder.write(".a.yaml.swp", "x").write("README.md", "x").write("..old/a.yaml", "x");
    assertThat(pollAfter(TICK)).isNull();
    assertThat(pollAfter(Duration.ofHours(1))).isNull();
  }

  @Test
  void aConfigMapIsSwappedThroughItsLinks() throws IOException {
    Path mount = Files.createDirectory(temp.resolve("mount"));
    new ConfigFolder(mount.resolve("..1")).write("gateway.yaml", ConfigFolder.GATEWAY);
    new ConfigFolder(mount.resolve("..2"))
        .write("gateway.yaml", ConfigFolder.GATEWAY + ROUTE.formatted("swapped"));
    Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(mount.resolve("gateway.yaml"), Path.of("..data/gateway.yaml"));
    watcher = new ConfigWatcher(mount, Map.of(), KeyFiles::isKeySet);
    assertThat(paths(watcher.load())).isEmpty();

    Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
    Files.move(
        mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    assertThat(paths(afterRest())).containsExactly("/swapped");
  }

  @Test
  void keyFilesAndSecretsAreWatchedWhereverTheyAre() throws IOException {
    Path keys = Files.writeString(temp.resolve("keys.json"), "{\"keys\": []}");
    Path secret = temp.resolve("secret");
    folder.write(
        "gateway.yaml",
        """
        issuers: {main: {issuer: "https://id", audiences: [a], jwks: {file: "%s"}}}
        upstreams: {docs: {url: "http://docs", probe: {headers: {x: {file: "%s"}}}}}
        """
            .formatted(keys, secret));
    assertThat(afterRest()).isNull(); // they are known only now: once more, at rest
    assertThat(pollAfter(TICK)).isNull();
    assertThat(errors(pollAfter(ConfigWatcher.REST)))
        .singleElement()
        .asString()
        .contains("there is no such file");

    Files.writeString(secret, "s1\n");
    assertThat(header(afterRest())).isEqualTo("s1");
    Files.writeString(secret, "s2\n");
    assertThat(header(afterRest())).isEqualTo("s2");
    Files.writeString(keys, "{\"keys\": [0]}");
    assertThat(loaded(afterRest()).issuers().values())
        .extracting(IssuerConfig::format)
        .containsExactly(
            new IssuerConfig.Format.Signed(
                new IssuerConfig.KeySource.Local(keys, "{\"keys\": [0]}")));
  }

  private static @Nullable String header(@Nullable LoadResult result) {
    return loaded(result).upstreams().values().iterator().next().probe().headers().get("x");
  }

  @Test
  void whatIsBrokenIsToldOnceAndMended() {
    folder.write("a.yaml", "routes: [");
    assertThat(errors(afterRest())).isNotEmpty();
    assertThat(pollAfter(Duration.ofHours(1))).isNull();
    folder.write("a.yaml", ROUTE.formatted("a"));
    assertThat(paths(afterRest())).containsExactly("/a");
  }

  @Test
  void aFolderThatIsAwayIsBrokenUntilItIsBack() throws IOException {
    Files.move(folder.path(), temp.resolve("away"));
    assertThat(errors(afterRest())).singleElement().asString().contains("there is no such folder");
    Files.move(temp.resolve("away"), folder.path());
    assertThat(paths(afterRest())).isEmpty();
  }

  @Test
  void whatCannotBeReadChangesNoAddress() throws IOException {
    folder.write("gateway.yaml", "listen: 127.0.0.1:1\n" + ConfigFolder.GATEWAY);
    running = folder.loaded(Map.of());
    Files.move(folder.path(), temp.resolve("away"));
    assertThat(errors(afterRest())).singleElement().asString().contains("there is no such folder");
  }

  @Test
  void socketsAndEventLoopsNeedARestart() {
    folder.write(
        "gateway.yaml",
        "listen: 127.0.0.1:1\nadmin: 127.0.0.1:2\ntransport: nio\n" + ConfigFolder.GATEWAY);
    assertThat(errors(afterRest()))
        .containsExactly(
            "gateway.yaml:1:9: error: listen: \"127.0.0.1:1\": is changed, and needs a restart"
                + " to take effect",
            "gateway.yaml:2:8: error: admin: \"127.0.0.1:2\": is changed, and needs a restart"
                + " to take effect",
            "gateway.yaml:3:12: error: transport: \"nio\": is changed, and needs a restart"
                + " to take effect");

    // Said in other words it is the same.
    folder.write(
        "gateway.yaml",
        "listen: [{address: 0.0.0.0:8080}]\nadmin: 127.0.0.1:9090\n" + ConfigFolder.GATEWAY);
    assertThat(afterRest()).isInstanceOf(LoadResult.Loaded.class);
  }

  @Test
  void aKeyThatIsGoneIsNamedByItsFile() {
    folder.write("gateway.yaml", "listen: 127.0.0.1:1\n" + ConfigFolder.GATEWAY);
    watcher = new ConfigWatcher(folder.path(), Map.of(), KeyFiles::isKeySet);
    running = loaded(watcher.load());
    folder.write("gateway.yaml", ConfigFolder.GATEWAY);
    assertThat(errors(afterRest()))
        .containsExactly(
            "gateway.yaml: error: listen: is changed, and needs a restart to take effect");
  }
}
