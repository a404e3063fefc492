package dev.discreet.cli;

import dev.discreet.ask.Coverage;
import dev.discreet.ask.JunitXml;
import dev.discreet.ask.Policy;
import dev.discreet.ask.TestJson;
import dev.discreet.ask.TestRun;
import dev.discreet.ask.TestText;
import dev.discreet.config.PolicyTests;
import dev.discreet.config.Problem;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs policy tests. */
@Command(
    name = "test",
    description = {
      "Runs policy tests: who asks for what, and what is answered. Nothing is sent to an upstream.",
      "Exits with 1 if a test fails or a coverage that is required is not reached."
    })
final class TestCommand implements Callable<Integer> {
  /** Where tests stand unless they are named: beside the folder of the configuration. */
  private static final String CUSTOMARY = "tests";

  /** How a test run is written. */
  enum Format {
    TEXT,
    JSON
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigFolder config = new ConfigFolder();

  @Parameters(
      paramLabel = "FILE",
      description =
          "Files of tests, or folders with such files (*.yaml, *.yml); "
              + "default: the folder tests beside that of the configuration.")
  private List<Path> files = List.of();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also writes the report that build servers read (JUnit XML).")
  private @Nullable Path junit;

  @Option(names = "--coverage", description = "Lists what of the policy no test exercised.")
  private boolean coverage;

  @Option(
      names = "--require",
      paramLabel = "KIND=PERCENT",
      description = {
        "Fails where less of a kind is exercised, such as routes=100; may stand more than once.",
        "Kinds: routes, methods, grants, rows."
      })
  private Map<Coverage.Kind, Integer> required = new TreeMap<>();

  @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; default: text.")
  private Format format = Format.TEXT;

  @Override
  public Integer call() throws CommandFailed {
    required.forEach(this::requirePercent);
    Policy policy = new Policy(config.required(spec));
    TestRun run = run(policy, tests(policy));
    spec.commandLine()
        .getOut()
        .print(
            switch (format) {
              case TEXT -> TestText.of(run, coverage);
              case JSON -> TestJson.of(run);
            });
    spec.commandLine().getOut().flush();
    if (junit != null) {
      write(run, junit);
    }
    requireCoverage(run.coverage());
    return run.failures().isEmpty() ? 0 : CommandFailed.FAILURE;
  }

  private void requirePercent(Coverage.Kind kind, int percent) {
    if (percent < 0 || percent > 100) {
      throw new ParameterException(
          spec.commandLine(),
          "--require %s=%d: a part of all is a number from 0 to 100"
              .formatted(kind.label(), percent));
    }
  }

  private PolicyTests tests(Policy policy) throws CommandFailed {
    List<Path> paths = files.isEmpty() ? List.of(customary(config.path())) : files;
    return switch (PolicyTests.read(paths, policy.config().issuers().keySet(), System.getenv())) {
      case PolicyTests.Result.Broken(List<Problem> problems) -> throw broken(problems);
      case PolicyTests.Result.Read(PolicyTests tests) -> {
        if (tests.files().stream().allMatch(file -> file.tests().isEmpty())) {
          throw new CommandFailed(CommandFailed.WRONG_USE, "there is no test in " + named(paths));
        }
        yield tests;
      }
    };
  }

  private static String named(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  /** Beside {@code .} or {@code ..} is what only their whole paths tell. */
  private static Path customary(Path folder) {
    Path plain = folder.normalize();
    boolean relative = plain.toString().isEmpty() || plain.endsWith("..");
    return (relative ? folder.toAbsolutePath().normalize() : plain).resolveSibling(CUSTOMARY);
  }

  private TestRun run(Policy policy, PolicyTests tests) throws CommandFailed {
    try {
      return TestRun.of(policy, tests);
    } catch (TestRun.UnusableCallers e) {
      throw broken(e.problems());
    } catch (IOException e) {
      throw new CommandFailed(CommandFailed.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  private CommandFailed broken(List<Problem> problems) {
    problems.forEach(spec.commandLine().getErr()::println);
    return new CommandFailed(CommandFailed.WRONG_USE, "the tests can't be read");
  }

  private static void write(TestRun run, Path file) throws CommandFailed {
    try (Writer out = Files.newBufferedWriter(file)) {
      JunitXml.write(run, out);
    } catch (IOException | XMLStreamException e) {
      throw new CommandFailed(
          CommandFailed.FAILURE, file + " can't be written: " + e.getMessage(), e);
    }
  }

  private void requireCoverage(Coverage reached) throws CommandFailed {
    for (Map.Entry<Coverage.Kind, Integer> least : required.entrySet()) {
      int percent = reached.percent(least.getKey());
      if (percent < least.getValue()) {
        throw new CommandFailed(
            CommandFailed.FAILURE,
            "%d %% of the %s are exercised, %d %% are required; --coverage lists what is not"
                .formatted(percent, least.getKey().label(), least.getValue()));
      }
    }
  }
}
