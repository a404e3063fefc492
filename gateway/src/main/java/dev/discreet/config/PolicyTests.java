package dev.discreet.config;

import dev.discreet.config.PolicyTest.Identity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The policy tests of some files.
 *
 * @param files in the order in which they were named
 */
public record PolicyTests(List<TestFile> files) {
  public PolicyTests {
    files = List.copyOf(files);
  }

  /**
   * One file of them.
   *
   * @param name as it was named
   * @param callers by name; {@code anonymous} is not among them
   * @param tests in order, tables written out
   */
  public record TestFile(String name, Map<String, Caller> callers, List<PolicyTest> tests) {}

  /**
   * A caller that a file defines.
   *
   * @param line where its name stands
   * @param column where its name stands
   */
  public record Caller(String file, int line, int column, String name, Identity identity) {
    /** {@return a problem with it, told as those of the file's grammar are} */
    public Problem problem(String message) {
      String path = TestReader.CALLERS.name() + '.' + name;
      return new Problem(Problem.Severity.ERROR, file, line, column, path, "", message, null);
    }
  }

  /** What became of the files. */
  public sealed interface Result {
    /** Every one could be read. */
    record Read(PolicyTests tests) implements Result {}

    /** At least one has an error. */
    record Broken(List<Problem> problems) implements Result {}
  }

  /**
   * Reads files, and every {@code *.yaml} and {@code *.yml} in and below folders. It blocks on
   * them; what is wrong with them is in the result, never thrown.
   *
   * @param paths files and folders
   * @param issuers the names of the configuration's issuers
   * @param environment what <code>${NAME}</code> reads
   */
  public static Result read(
      List<Path> paths, Set<String> issuers, Map<String, String> environment) {
    Problems problems = new Problems();
    Interpolation variables = new Interpolation(environment);
    List<TestFile> files = new ArrayList<>();
    for (YamlFiles.Document document : YamlFiles.readAll(paths, problems)) {
      Path folder = Objects.requireNonNull(Path.of(document.file()).toAbsolutePath().getParent());
      Source source = new Source(folder, variables, problems).of(document.text());
      Node root = new Node(document.root(), "", source);
      files.add(new TestReader(document.file(), issuers).read(root));
    }
    return problems.hasErrors()
        ? new Result.Broken(problems.sorted())
        : new Result.Read(new PolicyTests(files));
  }
}
