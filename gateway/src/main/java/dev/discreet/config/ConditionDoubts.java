package dev.discreet.config;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.discreet.config.CompiledCondition.Compared;
import dev.discreet.config.CompiledCondition.Fault;
import dev.discreet.policy.CelCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be evaluated and is hardly meant: what of a condition depends on nothing. */
final class ConditionDoubts {
  private static final Set<String> LOGICAL = Set.of("_||_", "_&&_", "!_");
  private static final Set<String> COMPARISONS = Set.of("_==_", "_!=_", "@in");

  private final CelAbstractSyntaxTree ast;
  private final CelRuntime runtime;
  private final List<Fault> doubts = new ArrayList<>();
  private final List<Compared> compared = new ArrayList<>();

  ConditionDoubts(CelAbstractSyntaxTree ast, CelRuntime runtime) {
    this.ast = ast;
    this.runtime = runtime;
    settled(ast.getExpr());
    nodes(ast.getExpr()).forEach(this::comparison);
  }

  /** {@return its parts, or itself, that are the same for every request} */
  List<Fault> doubts() {
    return doubts;
  }

  List<Compared> compared() {
    return compared;
  }

  private void settled(CelExpr expression) {
    if (nodes(expression).stream().noneMatch(node -> variable(node) != null)) {
      boolean whole = expression.id() == ast.getExpr().id();
      String message = (whole ? "" : "has a part here that ") + always(expression);
      doubts.add(new Fault(start(expression), message));
    } else if (expression.getKind() == CelExpr.ExprKind.Kind.CALL) {
      CelExpr.CelCall call = expression.call();
      List<CelExpr> arguments = call.args();
      if (LOGICAL.contains(call.function())) {
        arguments.forEach(this::settled);
      } else if (call.function().equals("_?_:_")) {
        settled(arguments.getFirst());
      }
    }
  }

  private String always(CelExpr expression) {
    try {
      Object value =
          runtime
              .createProgram(CelAbstractSyntaxTree.newParsedAst(expression, ast.getSource()))
              .eval();
      return "is always " + value + ": nothing in it depends on the request";
    } catch (CelEvaluationException e) {
      return "always fails, so that it is false: nothing in it depends on the request";
    }
  }

  private void comparison(CelExpr expression) {
    if (expression.getKind() == CelExpr.ExprKind.Kind.CALL
        && COMPARISONS.contains(expression.call().function())) {
      List<CelExpr> sides = expression.call().args();
      compare(sides.getFirst(), sides.getLast());
      compare(sides.getLast(), sides.getFirst());
    }
  }

  private void compare(CelExpr side, CelExpr other) {
    String variable = variable(side);
    if (variable != null) {
      List<CelExpr> texts =
          other.getKind() == CelExpr.ExprKind.Kind.LIST ? other.list().elements() : List.of(other);
      texts.forEach(
          at ->
              ConditionChecks.text(at)
                  .ifPresent(text -> compared.add(new Compared(variable, text, offset(at)))));
    }
  }

  private static List<CelExpr> nodes(CelExpr expression) {
    return CelNavigableExpr.fromExpr(expression).allNodes().map(CelNavigableExpr::expr).toList();
  }

  private @Nullable String variable(CelExpr node) {
    Map<Long, CelReference> references = ast.getReferenceMap();
    CelReference reference = references.get(node.id());
    return reference != null && CelCondition.VARIABLES.containsKey(reference.name())
        ? reference.name()
        : null;
  }

  private int start(CelExpr expression) {
    return nodes(expression).stream().mapToInt(this::offset).min().orElse(0);
  }

  private int offset(CelExpr at) {
    Map<Long, Integer> positions = ast.getSource().getPositionsMap();
    return positions.getOrDefault(at.id(), Integer.MAX_VALUE);
  }
}
