package dev.discreet.cli;

import dev.discreet.audit.Bounds;
import dev.discreet.audit.Settings;
import dev.discreet.audit.Target;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say how thoroughly, how fast, and against which bounds an audit is made. */
final class AuditOptions {
  private static final int POLITE = 20;
  private static final int QUICK_SECONDS = 10;
  private static final int THOROUGH = 150_000;

  /** Percent. */
  private static final int WHOLE = 100;

  /** Triples, which are all kept in memory. */
  private static final int MOST = 10_000_000;

  /** As many as Fisher's exact test needs to be sure. */
  private static final int AGAIN = 12;

  private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms)");

  @ArgGroup private Depth depth = new Depth();

  /** How much is done. */
  static final class Depth {
    @Option(
        names = "--quick",
        description =
            "Within ten seconds; what there was no time for is told, and nothing passes then.")
    private boolean quick;

    @Option(
        names = "--thorough",
        description = "Times 150,000 triples of each method and protocol; default: 20,000.")
    private boolean thorough;
  }

  @Option(
      names = "--triples",
      paramLabel = "N",
      description =
          "How many triples (hidden, missing, missing) are timed of each method (GET, and DELETE "
              + "where it is sent; no other) and protocol, 10,000,000 at most, none with 0; beyond this machine only those of half a minute, unless this says "
              + "otherwise.")
  private @Nullable Integer triples;

  @Option(
      names = "--bound",
      paramLabel = "TIME",
      description =
          "Up to where the median difference of times is none; default: ${DEFAULT-VALUE}.")
  private String bound = "100ns";

  @Option(
      names = "--distance",
      paramLabel = "PERCENT",
      description =
          "Up to where the distance of the distributions of times is none (Kolmogorov-Smirnov); "
              + "default: ${DEFAULT-VALUE}.")
  private double distance = 1;

  @Option(
      names = "--outliers",
      paramLabel = "PERCENT",
      description =
          "Up to where the difference of the shares of answers that took 1 ms longer is none; "
              + "default: ${DEFAULT-VALUE}.")
  private double outliers = 0.25;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Requests in a second, 0 for as many as can be; "
              + "default: 20, on this machine's loopback 0.")
  private @Nullable Integer rate;

  @Option(
      names = "--unsafe-methods",
      negatable = true,
      description =
          "Also sends POST, PUT, PATCH and DELETE, which change what the caller may change; "
              + "default: on loopback only. Never where GET shows that the caller may see the "
              + "hidden resource, and no more once one of them succeeded.")
  private @Nullable Boolean unsafeMethods;

  @Option(
      names = "--strict",
      description = "Exits with 1 also where nothing can be said (UNDECIDED).")
  private boolean strict;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the random order of requests; default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  boolean strict() {
    return strict;
  }

  /** {@return what the options say, and for what they leave open what suits the deployment} */
  Settings settings(CommandSpec spec, Target target, String token) {
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new ParameterException(spec.commandLine(), "--token: that is no bearer token");
    }
    check(spec);
    boolean local = target.loopback();
    return new Settings(
        "discreet-audit/" + Version.number().replaceAll("[^0-9A-Za-z.-]", ""),
        token,
        unsafeMethods == null ? local : unsafeMethods,
        rate == null ? (local ? 0 : POLITE) : rate,
        depth.quick ? 2 : 3,
        AGAIN,
        triples == null ? (depth.thorough ? THOROUGH : 20_000) : triples,
        seconds(local),
        depth.quick ? QUICK_SECONDS : Integer.MAX_VALUE,
        new Bounds(nanos(spec), distance / 100, outliers / 100),
        seed);
  }

  private void check(CommandSpec spec) {
    if (!(distance > 0) || !(outliers > 0) || number(rate) < 0 || number(triples) < 0) {
      throw new ParameterException(spec.commandLine(), "bounds, rates and numbers are positive");
    }
    if (distance > WHOLE || outliers > WHOLE) {
      throw new ParameterException(
          spec.commandLine(), "--distance and --outliers are percentages: 100 at most");
    }
    if (number(triples) > MOST) {
      throw new ParameterException(spec.commandLine(), "--triples: %,d at most".formatted(MOST));
    }
  }

  private static int number(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  private int seconds(boolean local) {
    if (depth.quick) {
      return 1;
    }
    return local || depth.thorough || triples != null ? Integer.MAX_VALUE : 30;
  }

  private double nanos(CommandSpec spec) {
    Matcher time = TIME.matcher(bound.toLowerCase(Locale.ROOT));
    if (!time.matches() || Double.parseDouble(time.group(1)) == 0) {
      throw new ParameterException(
          spec.commandLine(), "--bound " + bound + ": a time such as 100ns, 1us or 0.5ms");
    }
    double number = Double.parseDouble(time.group(1));
    return switch (time.group(2)) {
      case "ns" -> number;
      case "ms" -> number * 1e6;
      default -> number * 1e3;
    };
  }
}
