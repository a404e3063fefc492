package dev.discreet.config;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.discreet.config.CompiledCondition.Fault;
import dev.discreet.policy.CelCondition;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** From the text of a condition to one that can be evaluated, all its types checked. */
final class ConditionCompiler {
  static final String IN_RANGE = "inRange";

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(4096)
          .maxRegexProgramSize(1000)
          .build();

  private final CelCompiler compiler = compiler();
  private final CelRuntime runtime =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .addFunctionBindings(
              CelFunctionBinding.fromOverloads(
                  IN_RANGE,
                  CelFunctionBinding.from(
                      "in_range", InetAddress.class, String.class, ConditionCompiler::inRange)))
          .build();

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                    IN_RANGE,
                    CelOverloadDecl.newGlobalOverload(
                        "in_range", SimpleType.BOOL, CelCondition.ADDRESS, SimpleType.STRING)))
            .setResultType(SimpleType.BOOL);
    CelCondition.VARIABLES.forEach(builder::addVar);
    return builder.build();
  }

  private static boolean inRange(InetAddress address, String block) {
    return Addresses.cidr(block).contains(address);
  }

  /** {@return what {@code text} says, or all that is wrong with it} */
  CompiledCondition compile(String text) {
    CelValidationResult parsed = compiler.parse(text);
    List<CelIssue> syntax = parsed.getErrors();
    if (!syntax.isEmpty()) {
      // What follows a first error of syntax follows from it.
      return new CompiledCondition.Broken(List.of(fault(text, syntax.getFirst())));
    }
    try {
      CelValidationResult checked = compiler.check(parsed.getAst());
      return checked.hasError()
          ? new CompiledCondition.Broken(faults(text, checked.getErrors()))
          : plan(text, checked.getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      return new CompiledCondition.Broken(List.of(new Fault(0, String.valueOf(e.getMessage()))));
    }
  }

  private CompiledCondition plan(String text, CelAbstractSyntaxTree ast)
      throws CelValidationException, CelEvaluationException {
    ConditionChecks checks = new ConditionChecks(ast, runtime);
    if (!checks.faults().isEmpty()) {
      return new CompiledCondition.Broken(checks.faults());
    }
    ConditionDoubts doubts = new ConditionDoubts(ast, runtime);
    return new CompiledCondition.Sound(
        new CelCondition(text, runtime.createProgram(ast), names(ast)),
        checks.captures(),
        doubts.doubts(),
        doubts.compared());
  }

  private static Set<String> names(CelAbstractSyntaxTree ast) {
    Map<Long, CelReference> references = ast.getReferenceMap();
    return references.values().stream()
        .map(CelReference::name)
        .filter(CelCondition.VARIABLES::containsKey)
        .collect(Collectors.toSet());
  }

  private static List<Fault> faults(String text, List<CelIssue> issues) {
    List<Fault> faults = new ArrayList<>();
    int told = 0;
    List<CelIssue> inOrder =
        issues.stream()
            .sorted(Comparator.comparingInt(i -> offset(text, i.getSourceLocation())))
            .toList();
    for (CelIssue issue : inOrder) {
      int offset = offset(text, issue.getSourceLocation());
      // An operand that is wrong itself is told of by itself, and with a function its arguments
      // are.
      boolean follows =
          issues.size() > 1
              && (issue.getMessage().contains("*error*")
                  || issue.getMessage().startsWith("Message type resolution failure"));
      if (!follows && offset >= told) {
        faults.add(fault(text, issue));
        told = CallText.end(text, offset);
      }
    }
    return faults;
  }

  private static Fault fault(String text, CelIssue issue) {
    String message = issue.getMessage().replace(" (in container '')", "");
    for (String tail : List.of(" (candidates: ", " expecting {")) {
      int cut = message.indexOf(tail);
      message = cut < 0 ? message : message.substring(0, cut);
    }
    return new Fault(offset(text, issue.getSourceLocation()), ConditionTexts.of(message));
  }

  private static int offset(String text, CelSourceLocation location) {
    int[] characters = text.codePoints().toArray();
    int at = 0;
    for (int line = 1; line < location.getLine() && at < characters.length; at++) {
      line += characters[at] == '\n' ? 1 : 0;
    }
    return Math.min(at + Math.max(0, location.getColumn()), characters.length);
  }
}
