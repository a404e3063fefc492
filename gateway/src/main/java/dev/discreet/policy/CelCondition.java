package dev.discreet.policy;

import dev.cel.common.CelErrorCode;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A condition in CEL. The only place of this package that knows its runtime. */
public final class CelCondition implements Condition {
  /** The type of {@code request.source}: nothing but the functions for addresses reads it. */
  public static final CelType ADDRESS = OpaqueType.create("address");

  /** What a condition may name. */
  public static final Map<String, CelType> VARIABLES =
      Map.of(
          "claims", MapType.create(SimpleType.STRING, SimpleType.DYN),
          "caller.subject", SimpleType.STRING,
          "caller.issuer", SimpleType.STRING,
          "caller.groups", ListType.create(SimpleType.STRING),
          "path", MapType.create(SimpleType.STRING, SimpleType.STRING),
          "request.method", SimpleType.STRING,
          "request.host", SimpleType.STRING,
          "request.source", ADDRESS,
          "now", SimpleType.TIMESTAMP);

  /**
   * What one evaluation may cost: each value that it reads or makes costs one, and one more for
   * every {@link #PER_UNIT} characters or elements of it. That is about a millisecond.
   */
  private static final int COST_LIMIT = 10_000;

  private static final int PER_UNIT = 16;

  private final String text;
  private final CelRuntime.Program program;
  private final Set<String> names;

  /**
   * Evaluates {@code program}, which was checked against {@link #VARIABLES}.
   *
   * @param text what it was made of
   * @param names those of {@link #VARIABLES} that it reads
   */
  public CelCondition(String text, CelRuntime.Program program, Set<String> names) {
    this.text = text;
    this.program = program;
    this.names = Set.copyOf(names);
  }

  @Override
  public boolean readsMethod() {
    return names.contains("request.method");
  }

  @Override
  public boolean readsCaller() {
    return names.contains("claims")
        || names.contains("caller.subject")
        || names.contains("caller.groups");
  }

  @Override
  public String toString() {
    return text;
  }

  @Override
  public Outcome in(Circumstances circumstances) {
    Evaluation evaluation = new Evaluation(circumstances);
    try {
      Object result = program.trace(evaluation, evaluation);
      if (evaluation.spent()) {
        return Outcome.TOO_COSTLY;
      }
      return switch (result) {
        case Boolean holds -> holds ? Outcome.HOLDS : Outcome.DOES_NOT_HOLD;
        default -> Outcome.WRONG_VALUE;
      };
    } catch (CelEvaluationException e) {
      return evaluation.spent() ? Outcome.TOO_COSTLY : outcome(e.getErrorCode());
    }
  }

  private static Outcome outcome(CelErrorCode code) {
    return switch (code) {
      case ATTRIBUTE_NOT_FOUND, INDEX_OUT_OF_BOUNDS -> Outcome.MISSING;
      default -> Outcome.WRONG_VALUE;
    };
  }

  /** One evaluation: what the names mean in it, and what it has cost. */
  private static final class Evaluation implements CelVariableResolver, CelEvaluationListener {
    private final Circumstances in;
    private int left = COST_LIMIT;

    Evaluation(Circumstances in) {
      this.in = in;
    }

    boolean spent() {
      return left < 0 || in.steps().spent();
    }

    @Override
    public Optional<Object> find(String name) {
      return Optional.ofNullable(value(name));
    }

    private @Nullable Object value(String name) {
      AccessRequest request = in.request();
      return switch (name) {
        case "claims" -> claims();
        case "path" -> in.path();
        case "caller.subject" ->
            in.caller() instanceof Caller.Authenticated who ? who.subject() : "";
        case "caller.issuer" -> in.caller() instanceof Caller.Authenticated who ? who.issuer() : "";
        case "caller.groups" -> List.copyOf(groups());
        case "request.method" -> request.method();
        case "request.host" -> request.host();
        case "request.source" -> request.source();
        case "now" -> request.time();
        default -> null;
      };
    }

    private Set<String> groups() {
      return in.caller() instanceof Caller.Authenticated who ? who.groups() : Set.of();
    }

    /** CEL walks through all of them whenever one is read. */
    private Map<String, Object> claims() {
      spend(in.claims().size());
      return in.claims().values();
    }

    @Override
    public void callback(CelExpr expression, Object value) {
      spend(
          switch (value) {
            case String text -> text.length();
            case Collection<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            default -> 0;
          });
    }

    /**
     * Beyond the limit every further step fails, and so the whole, whatever {@code ||} forgives.
     */
    private void spend(int size) {
      int steps = 1 + size / PER_UNIT;
      left -= steps;
      in.steps().spend(steps);
      if (spent()) {
        throw new Exhausted();
      }
    }
  }

  /** The limit is reached. */
  private static final class Exhausted extends RuntimeException {
    Exhausted() {
      super("the condition costs too much", null, false, false);
    }
  }
}
