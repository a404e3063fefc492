package dev.discreet.cli;

import dev.discreet.audit.Audit;
import dev.discreet.audit.AuditResult;
import dev.discreet.audit.Outcome;
import dev.discreet.audit.Pair;
import dev.discreet.audit.Protocol;
import dev.discreet.audit.ReportHtml;
import dev.discreet.audit.ReportJson;
import dev.discreet.audit.ReportText;
import dev.discreet.audit.Settings;
import dev.discreet.audit.Target;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Judges a deployment from outside. */
@Command(
    name = "audit",
    description = {
      "Asks a deployment, ours or not, for a hidden and a missing resource in every way in which "
          + "existence is known to show, and measures time. Exits with 1 if anything tells them apart, "
          + "or time does; with 2 if it can't be reached.",
      "Ask only what you may ask: it makes thousands of requests, and names itself as their agent."
    })
final class AuditCommand implements Callable<Integer> {
  /** How a report is written. */
  enum Format {
    TEXT,
    JSON
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "The deployment; a path in it is put before those that are asked for.")
  private String url = "";

  @Option(
      names = "--token",
      required = true,
      paramLabel = "TOKEN",
      description = {
        "The bearer token of a caller who may not know of the hidden resource.",
        "Text, @FILE, or - for standard input."
      })
  private String token = "";

  @Option(
      names = "--hidden",
      paramLabel = "PATH",
      description =
          "A resource that exists, and that this caller may not know of; "
              + "may stand more than once, each with its --missing.")
  private List<String> hidden = List.of();

  @Option(
      names = "--missing",
      paramLabel = "PATH",
      description = "One that does not exist, best of the same length and depth.")
  private List<String> missing = List.of();

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      description =
          "Further pairs, a line each: hidden, white space, missing. All are timed; "
              + "the first pair is asked for in every way, the others by GET.")
  private @Nullable Path pairs;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Certificates to trust in place of the system's, in PEM.")
  private @Nullable Path ca;

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      description = "h1 or h2 alone; default: both, where they are spoken.")
  private @Nullable Protocol protocol;

  @Mixin private AuditOptions options = new AuditOptions();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also writes a page with plots of the times.")
  private @Nullable Path html;

  @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; default: text.")
  private Format format = Format.TEXT;

  @Override
  public Integer call() throws CommandFailed {
    List<Pair> all = pairs();
    Target target = target();
    if (html != null) {
      checkWritable(html);
    }
    Settings settings = options.settings(spec, target, TextArgument.read("--token", token).strip());
    AuditResult result = run(target, all, settings);
    spec.commandLine()
        .getOut()
        .print(
            switch (format) {
              case TEXT -> ReportText.of(result);
              case JSON -> ReportJson.of(result);
            });
    spec.commandLine().getOut().flush();
    if (html != null) {
      write(ReportHtml.of(result), html);
    }
    if (!result.ended().isEmpty() && result.outcome() != Outcome.FAIL) {
      throw new CommandFailed(
          CommandFailed.WRONG_USE,
          "%s can't be audited any further: %s".formatted(target, result.ended()));
    }
    boolean failed =
        result.outcome() == Outcome.FAIL
            || (options.strict() && result.outcome() == Outcome.UNDECIDED);
    return failed ? CommandFailed.FAILURE : 0;
  }

  private AuditResult run(Target target, List<Pair> all, Settings settings) throws CommandFailed {
    EnumSet<Protocol> protocols =
        protocol == null ? EnumSet.allOf(Protocol.class) : EnumSet.of(protocol);
    try {
      return new Audit(
              target,
              all,
              settings,
              protocols,
              step -> spec.commandLine().getErr().println("discreet: " + step))
          .run();
    } catch (IOException e) {
      throw new CommandFailed(
          CommandFailed.WRONG_USE, "%s can't be audited: %s".formatted(target, e.getMessage()), e);
    } catch (RuntimeException e) {
      // The exit code of what is not expected would say that there is a leak.
      throw new CommandFailed(
          CommandFailed.WRONG_USE,
          "the audit of %s failed unexpectedly: %s".formatted(target, e),
          e);
    }
  }

  private Target target() throws CommandFailed {
    try {
      URI deployment = new URI(url);
      Target target = Target.of(deployment, ca);
      if (ca != null && deployment.getScheme().equalsIgnoreCase("http")) {
        throw new IllegalArgumentException(
            url + " is asked without TLS, where --ca trusts nobody; say https, or leave --ca out");
      }
      return target;
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--url: " + e.getMessage(), e);
    } catch (FileSystemException e) {
      throw FileTrouble.unreadable("--ca", ca, e);
    } catch (IOException e) {
      throw new CommandFailed(CommandFailed.WRONG_USE, String.valueOf(e.getMessage()), e);
    }
  }

  private List<Pair> pairs() throws CommandFailed {
    if (hidden.size() != missing.size()) {
      throw new ParameterException(spec.commandLine(), "each --hidden needs its --missing");
    }
    List<Pair> all = new ArrayList<>();
    try {
      for (int i = 0; i < hidden.size(); i++) {
        all.add(new Pair(hidden.get(i), missing.get(i)));
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    if (pairs != null) {
      all.addAll(PairsFile.read(spec, pairs));
    }
    if (all.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing required options: --hidden and --missing, or --pairs");
    }
    return all;
  }

  /**
   * Adds nothing to the page that is there: a place that can't be written to shows before the run.
   */
  private static void checkWritable(Path file) throws CommandFailed {
    try {
      Files.writeString(file, "", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw FileTrouble.unwritable("--html", file, e);
    }
  }

  private static void write(String page, Path file) throws CommandFailed {
    try {
      Files.writeString(file, page);
    } catch (IOException e) {
      throw FileTrouble.unwritable("--html", file, e);
    }
  }
}
