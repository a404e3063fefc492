package dev.discreet.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.discreet.config.CompiledCondition.Capture;
import dev.discreet.config.CompiledCondition.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What types don't say of a condition: whether the values that it writes out can be read at all,
 * and which captures it needs.
 */
final class ConditionChecks {
  private final CelAbstractSyntaxTree ast;
  private final CelRuntime runtime;
  private final List<Fault> faults = new ArrayList<>();
  private final List<Capture> captures = new ArrayList<>();

  ConditionChecks(CelAbstractSyntaxTree ast, CelRuntime runtime) {
    this.ast = ast;
    this.runtime = runtime;
    CelNavigableAst.fromAst(ast).getRoot().allNodes().map(CelNavigableExpr::expr).forEach(this::of);
  }

  List<Fault> faults() {
    return faults;
  }

  List<Capture> captures() {
    return captures;
  }

  private void of(CelExpr expression) {
    switch (expression.getKind()) {
      case SELECT ->
          readsPath(expression.select().operand(), Optional.of(expression.select().field()));
      case CALL -> call(expression);
      default -> {}
    }
  }

  private void call(CelExpr expression) {
    CelExpr.CelCall call = expression.call();
    List<CelExpr> arguments = new ArrayList<>(call.args());
    call.target().ifPresent(arguments::addFirst);
    if (arguments.isEmpty()) {
      return;
    }
    CelExpr last = arguments.getLast();
    switch (call.function()) {
      case "_[_]" -> readsPath(arguments.getFirst(), text(last));
      case "matches" -> text(last).ifPresent(pattern -> pattern(last, pattern));
      case ConditionCompiler.IN_RANGE -> text(last).ifPresent(block -> block(last, block));
      default -> constant(expression, arguments);
    }
  }

  private void readsPath(CelExpr from, Optional<String> name) {
    if (from.getKind() == CelExpr.ExprKind.Kind.IDENT && from.ident().name().equals("path")) {
      name.ifPresent(known -> captures.add(new Capture(known, offset(from))));
    }
  }

  private void pattern(CelExpr at, String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      report(at, "is not a regular expression that RE2 reads: " + e.getDescription());
    }
  }

  private void block(CelExpr at, String text) {
    try {
      var _ = Addresses.cidr(text);
    } catch (IllegalArgumentException e) {
      report(at, String.valueOf(e.getMessage()));
    }
  }

  /** What depends on nothing and fails would fail for every request. */
  private void constant(CelExpr expression, List<CelExpr> arguments) {
    if (!arguments.stream().allMatch(a -> a.getKind() == CelExpr.ExprKind.Kind.CONSTANT)) {
      return;
    }
    try {
      var _ =
          runtime
              .createProgram(CelAbstractSyntaxTree.newParsedAst(expression, ast.getSource()))
              .eval();
    } catch (CelEvaluationException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      Throwable root = Objects.requireNonNullElse(cause.getCause(), cause);
      report(arguments.getFirst(), "can't be evaluated: " + root.getMessage());
    }
  }

  private void report(CelExpr at, String message) {
    faults.add(new Fault(offset(at), message));
  }

  private int offset(CelExpr at) {
    Map<Long, Integer> positions = ast.getSource().getPositionsMap();
    return positions.getOrDefault(at.id(), 0);
  }

  private static Optional<String> text(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? Optional.of(expression.constant().stringValue())
        : Optional.empty();
  }
}
