package dev.discreet.cli;

import dev.discreet.config.GatewayConfig;
import dev.discreet.config.LoadResult;
import dev.discreet.config.Problem;
import dev.discreet.openapi.BadDocumentException;
import dev.discreet.openapi.Drift;
import dev.discreet.openapi.LeaveOut;
import dev.discreet.openapi.OpenApi;
import dev.discreet.openapi.RouteDrafts;
import dev.discreet.openapi.RoutesYaml;
import dev.discreet.openapi.Skeleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes routes of an OpenAPI document, or says where the two disagree. */
@Command(
    name = "openapi",
    description = {
      "Prints routes for an OpenAPI 3.0 or 3.1 document, or writes them with --output.",
      "With --check it writes nothing: it says where document and routes of --config disagree, and"
          + " exits with 1 if they do."
    })
final class ImportOpenApiCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigFolder config = new ConfigFolder();

  @Parameters(paramLabel = "FILE", description = "The document, YAML or JSON.")
  private Path file = Path.of("");

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Write DIR/routes/NAME.yaml instead of printing it, and, where there is no gateway.yaml, "
              + "one to begin from, with DIR/permissions/grants.yaml.")
  private @Nullable Path output;

  @Option(
      names = "--upstream",
      paramLabel = "NAME",
      description = "The upstream of the routes; default: what the document is called.")
  private @Nullable String upstream;

  @Option(names = "--force", description = "Overwrite the routes that are there.")
  private boolean force;

  @Option(names = "--check", description = "Compare instead of importing.")
  private boolean check;

  @Option(
      names = "--leave-out",
      paramLabel = "WHAT",
      description =
          "An operation, 'GET /a/{id}', or path, '/a/{id}', that has no route on purpose, as it is"
              + " reported; @FILE for a file of them, one a line. May be repeated.")
  private List<String> leaveOut = List.of();

  @Override
  public Integer call() throws CommandFailed {
    try {
      OpenApi document = OpenApi.read(file);
      return check ? compare(document, leaveOut()) : write(document, leaveOut());
    } catch (BadDocumentException e) {
      throw new CommandFailed(CommandFailed.WRONG_USE, e.in(file), e);
    }
  }

  private LeaveOut leaveOut() throws CommandFailed {
    LeaveOut entries = new LeaveOut();
    for (String each : leaveOut) {
      if (each.startsWith("@")) {
        entries.addLines(each.substring(1), TextArgument.read("--leave-out", each));
      } else {
        entries.add("--leave-out", each);
      }
    }
    return entries;
  }

  private int compare(OpenApi document, LeaveOut entries) throws CommandFailed {
    GatewayConfig loaded =
        switch (config.load()) {
          case LoadResult.Loaded(GatewayConfig good, var _) -> good;
          case LoadResult.Broken(List<Problem> problems) ->
              throw CheckCommand.broken(spec, config, problems);
        };
    List<String> differences = Drift.of(document, loaded, upstream, entries);
    differences.forEach(spec.commandLine().getOut()::println);
    if (!differences.isEmpty()) {
      throw new CommandFailed(
          CommandFailed.FAILURE,
          "%s and %s disagree in %d place%s"
              .formatted(
                  file, config.path(), differences.size(), differences.size() == 1 ? "" : "s"));
    }
    spec.commandLine().getOut().printf("%s and %s agree%n", file, config.path());
    return 0;
  }

  /** The upstream's name becomes the file's. */
  private String name(OpenApi document) {
    String name = upstream == null ? Skeleton.name(document) : upstream;
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
      throw new ParameterException(
          spec.commandLine(), "--upstream must be of letters, digits, '.', '_' and '-': " + name);
    }
    return name;
  }

  private int write(OpenApi document, LeaveOut entries) throws BadDocumentException, CommandFailed {
    RouteDrafts drafts = RouteDrafts.of(document, entries);
    entries
        .unused()
        .forEach(
            entry -> spec.commandLine().getErr().printf("%s is no operation of %s%n", entry, file));
    String name = name(document);
    String routes = RoutesYaml.of(document, drafts, name);
    if (output == null) {
      spec.commandLine().getOut().print(routes);
      spec.commandLine().getOut().flush();
    } else {
      write(document, name, routes, output);
    }
    spec.commandLine()
        .getErr()
        .printf(
            "%s: %d operations, %d routes, %d without a route, %d permissions derived%n",
            file,
            drafts.operationCount(),
            drafts.routeCount(),
            drafts.leftCount(),
            drafts.derivedCount());
    return 0;
  }

  private void write(OpenApi document, String name, String routes, Path folder)
      throws CommandFailed {
    Path target = folder.resolve("routes").resolve(name + ".yaml");
    Path gateway = folder.resolve("gateway.yaml");
    if (Files.exists(target) && !force) {
      throw new CommandFailed(
          CommandFailed.WRONG_USE, target + " is there already; --force overwrites it");
    }
    boolean fresh = !Files.exists(gateway);
    put(target, routes);
    if (fresh) {
      put(gateway, Skeleton.gateway(document, name));
    }
    Path grants = folder.resolve("permissions").resolve("grants.yaml");
    if (fresh && !Files.exists(grants)) {
      put(grants, Skeleton.GRANTS);
    }
  }

  private void put(Path target, String text) throws CommandFailed {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.writeString(target, text);
      spec.commandLine().getErr().println("wrote " + target);
    } catch (IOException e) {
      throw new CommandFailed(
          CommandFailed.FAILURE, target + " can't be written: " + e.getMessage(), e);
    }
  }
}
