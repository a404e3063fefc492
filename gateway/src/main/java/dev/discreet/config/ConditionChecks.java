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
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
      case String zoned when zoned.startsWith("get") && arguments.size() == 2 ->
          text(last).ifPresent(zone -> zone(expression, last, zone));
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

  /** CEL itself decides, on a time of no importance. */
  private void zone(CelExpr call, CelExpr at, String zone) {
    CelExpr time = CelExpr.ofIdent(0, "now");
    CelExpr asked =
        call.toBuilder().setCall(call.call().toBuilder().setTarget(time).build()).build();
    try {
      var _ = evaluate(asked, Map.of("now", Instant.EPOCH));
    } catch (CelEvaluationException e) {
      faults.add(
          new Fault(
              offset(at),
              "is no time zone; write a name such as Europe/Berlin, or an offset such as +02:00",
              Suggestions.near(zone, ZoneId.getAvailableZoneIds())));
    }
  }

  private Object evaluate(CelExpr expression, Map<String, ?> variables)
      throws CelEvaluationException {
    return runtime
        .createProgram(CelAbstractSyntaxTree.newParsedAst(expression, ast.getSource()))
        .eval(variables);
  }

  /** What depends on nothing and fails would fail for every request. */
  private void constant(CelExpr expression, List<CelExpr> arguments) {
    if (!arguments.stream().allMatch(a -> a.getKind() == CelExpr.ExprKind.Kind.CONSTANT)) {
      return;
    }
    try {
      var _ = evaluate(expression, Map.of());
    } catch (CelEvaluationException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      Throwable root = Objects.requireNonNullElse(cause.getCause(), cause);
      report(arguments.getFirst(), unusable(expression.call().function(), root.getMessage()));
    }
  }

  private static String unusable(String function, @Nullable String said) {
    return switch (function) {
      case "timestamp" -> "is no time; write it as 2027-01-01T00:00:00Z";
      case "duration" -> "is no duration; write it in h, m and s, as 1h30m";
      case "int", "uint", "double", "bool" -> "can't be made " + function;
      case "_/_", "_%_" -> "is divided by zero";
      case "_+_", "_-_", "_*_", "-_" -> "makes a number that does not fit into 64 bits";
      default -> "can't be evaluated: " + said;
    };
  }

  private void report(CelExpr at, String message) {
    faults.add(new Fault(offset(at), message));
  }

  private int offset(CelExpr at) {
    Map<Long, Integer> positions = ast.getSource().getPositionsMap();
    return positions.getOrDefault(at.id(), 0);
  }

  /** {@return the text that an expression writes out} */
  static Optional<String> text(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? Optional.of(expression.constant().stringValue())
        : Optional.empty();
  }
}
