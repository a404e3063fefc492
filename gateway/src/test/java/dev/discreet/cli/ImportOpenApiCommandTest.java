package dev.discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command writes, what it leaves alone, and how it ends. */
class ImportOpenApiCommandTest {
  private static final String DOCUMENT =
      """
      openapi: 3.0.0
      info: {title: Things}
      paths:
        /things/{id}: {get: {security: [{o: [things:read]}]}}
      """;

  @TempDir private Path folder;
  private Path file = Path.of("");
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void document() throws Exception {
    file = Files.writeString(folder.resolve("things.yaml"), DOCUMENT);
  }

  @Test
  void printsUnlessToldToWrite() throws Exception {
    assertThat(execute(file.toString())).isZero();
    assertThat(out.toString()).contains("  - path: /things/{id}\n    upstream: things\n");
    assertThat(err.toString())
        .contains("1 operations, 1 routes, 0 without a route, 0 permissions derived");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void writesAFolderThatPassesTheCheck() {
    Path config = folder.resolve("config");

    assertThat(execute(file.toString(), "--output", config.toString())).isZero();
    assertThat(config.resolve("routes/things.yaml")).exists();
    assertThat(config.resolve("gateway.yaml")).exists();
    assertThat(config.resolve("permissions/grants.yaml")).exists();
    assertThat(run("check", "--config", config.toString())).isZero();
    assertThat(out.toString()).contains("no errors, 0 warnings");
    assertThat(execute(file.toString(), "--check", "--config", config.toString())).isZero();
    assertThat(out.toString()).contains("agree");
  }

  @Test
  void overwritesNothingWithoutBeingTold() throws Exception {
    Path config = folder.resolve("config");
    Path routes = config.resolve("routes/mine.yaml");
    Files.createDirectories(routes.getParent());
    Files.writeString(routes, "routes: []\n");
    Files.writeString(config.resolve("gateway.yaml"), "mine\n");
    String[] arguments = {file.toString(), "--output", config.toString(), "--upstream", "mine"};

    assertThat(execute(arguments)).isEqualTo(2);
    assertThat(err.toString()).contains(routes + " is there already; --force overwrites it");
    assertThat(routes).hasContent("routes: []");

    assertThat(
            execute(
                file.toString(), "--output", config.toString(), "--upstream", "mine", "--force"))
        .isZero();
    assertThat(Files.readString(routes)).contains("upstream: mine");
    assertThat(config.resolve("gateway.yaml")).hasContent("mine");
    assertThat(config.resolve("permissions")).doesNotExist();
  }

  @Test
  void differencesExitWithOne() throws Exception {
    Path config = folder.resolve("config");
    execute(file.toString(), "--output", config.toString());
    Files.writeString(file, DOCUMENT.replace("{get:", "{put:"));

    assertThat(execute(file.toString(), "--check", "--config", config.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            file + ":4:18: PUT /things/{id} has a route that does not name the method",
            "routes/things.yaml:4: GET /things/{id} has no operation");
    assertThat(err.toString()).contains("disagree in 2 places");
  }

  @Test
  void whatIsLeftOutNeedsNoRouteAndGetsNone() throws Exception {
    Path config = folder.resolve("config");
    Path entries =
        Files.writeString(folder.resolve("out.txt"), "# by hand\nPUT /things/{id}\n/gone\n");
    Files.writeString(file, DOCUMENT.replace("{get:", "{put: {}, get:"));
    String list = "@" + entries;

    assertThat(execute(file.toString(), "--output", config.toString(), "--leave-out", list))
        .isZero();
    assertThat(err.toString()).contains(entries + ":3: /gone is no operation of " + file);
    assertThat(config.resolve("routes/things.yaml"))
        .content()
        .contains("# - line 4:18: PUT /things/{id}: is left out")
        .doesNotContain("PUT:");
    assertThat(check(config, "--leave-out", "PUT /things/{id}")).isZero();
    assertThat(check(config, "--leave-out", list)).isEqualTo(1);
    assertThat(out.toString())
        .isEqualTo(entries + ":3: /gone is nothing that differs; remove it" + "\n");
    assertThat(check(config)).isEqualTo(1);
  }

  @Test
  void aListThatIsNotThereExitsWithTwo() {
    assertThat(execute(file.toString(), "--leave-out", "@" + folder.resolve("none"))).isEqualTo(2);
    assertThat(err.toString()).contains("there is no such file");
  }

  private int check(Path config, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(file.toString(), "--check", "--config", config.toString()));
    arguments.addAll(List.of(more));
    return execute(arguments.toArray(String[]::new));
  }

  @Test
  void whatIsNoDocumentExitsWithTwo() throws Exception {
    Files.writeString(file, "swagger: '2.0'\n");

    assertThat(execute(file.toString())).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .isEqualTo("discreet: %s: is Swagger 2.0; convert it to OpenAPI 3 first%n".formatted(file));
  }

  @Test
  void anUpstreamIsNoPath() {
    assertThat(execute(file.toString(), "--output", folder.toString(), "--upstream", "../x"))
        .isEqualTo(2);
    assertThat(folder.resolve("x.yaml")).doesNotExist();
  }

  private int execute(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "import";
    all[1] = "openapi";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return run(all);
  }

  private int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
