package dev.discreet.cli;

import dev.discreet.ask.Moment;
import dev.discreet.ask.Policy;
import dev.discreet.ask.PolicyView;
import dev.discreet.ask.SampleCallers;
import dev.discreet.ask.Table;
import dev.discreet.ask.TableCaller;
import dev.discreet.ask.TableDiff;
import dev.discreet.ask.TableHtml;
import dev.discreet.ask.TableJson;
import dev.discreet.ask.TableText;
import dev.discreet.ask.Who;
import dev.discreet.identity.UnverifiedClaims;
import dev.discreet.policy.Caller;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a policy as a table, or what a change changes in it. */
@Command(
    name = "table",
    description = {
      "Shows what each caller is answered: routes and methods against callers, if the resource"
          + " exists / if not.",
      "With --diff it shows what changes, cell by cell, and exits with 1 if anything does."
    })
final class TableCommand implements Callable<Integer> {
  /** What programs read; a difference is told for all. */
  private static final int MOST_COLUMNS = 100;

  /** How a table is written. */
  enum Format {
    TEXT,
    MARKDOWN,
    HTML,
    JSON
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigFolder config = new ConfigFolder();
  @Mixin private MomentOptions whence = new MomentOptions();

  @Option(
      names = "--claims",
      paramLabel = "JSON",
      description = {
        "The claims of a caller, a column for each; text, @FILE, or -. Where iss is absent, of the"
            + " only issuer.",
        "default: anonymous, anybody with a token, and whom the grants name."
      })
  private List<String> claims = List.of();

  @Option(
      names = "--path-values",
      split = ",",
      paramLabel = "NAME=VALUE",
      description =
          "What variables of paths stand for; default: what no grant tells apart, shown as {NAME},"
              + " and what grants name.")
  private Map<String, String> values = new TreeMap<>();

  @Option(
      names = "--diff",
      paramLabel = "OTHER_DIR",
      description = "The folder of the configuration before the change.")
  private @Nullable Path before;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, markdown, html or json; default: text.")
  private Format format = Format.TEXT;

  @Override
  public Integer call() throws CommandFailed {
    Policy policy = new Policy(config.required(spec));
    List<String> said = new ArrayList<>();
    for (String one : claims) {
      said.add(TextArgument.read("--claims", one));
    }
    if (before == null) {
      Table table = table(policy, said);
      print(
          switch (format) {
            case TEXT -> TableText.aligned(table);
            case MARKDOWN -> TableText.markdown(table);
            case HTML -> TableHtml.of(table, "What " + config.path() + " answers");
            case JSON -> TableJson.of(table);
          });
      return 0;
    }
    return compare(policy, new Policy(ConfigFolder.of(before).required(spec)), said);
  }

  private Table table(Policy policy, List<String> said) throws CommandFailed {
    Map<String, String> segments = PathValues.read(values, List.of(policy));
    if (!said.isEmpty()) {
      return Table.of(new PolicyView(policy, named(policy, said), whence.get()), 0, segments);
    }
    SampleCallers callers = new SampleCallers(List.of(policy.config()), segments.values());
    int most = format == Format.JSON ? MOST_COLUMNS : SampleCallers.FEW;
    PolicyView view = callers.view(policy, most, whence.get());
    return Table.of(view, callers.size() - view.size(), segments);
  }

  private int compare(Policy after, Policy before, List<String> said) throws CommandFailed {
    Moment moment = whence.get();
    Map<String, String> segments = PathValues.read(values, List.of(after, before));
    TableDiff diff =
        said.isEmpty()
            ? TableDiff.of(before, after, moment, segments)
            : TableDiff.of(
                new PolicyView(before, named(before, said), moment),
                new PolicyView(after, named(after, said), moment),
                segments);
    print(
        switch (format) {
          case TEXT -> diff.text();
          case MARKDOWN -> diff.markdown();
          case HTML -> TableHtml.of(diff, "What a change from " + this.before + " changes");
          case JSON -> TableJson.of(diff);
        });
    return diff.isEmpty() ? 0 : CommandFailed.FAILURE;
  }

  private static List<TableCaller> named(Policy policy, List<String> said) throws CommandFailed {
    List<TableCaller> callers = new ArrayList<>(List.of(TableCaller.anonymous()));
    for (String json : said) {
      try {
        Who who = Who.claiming(policy.config(), UnverifiedClaims.parse(json), null);
        if (who instanceof Who.Known(Caller.Authenticated caller)) {
          callers.add(new TableCaller(label(caller.subject(), callers), caller));
        }
      } catch (IllegalArgumentException e) {
        throw new CommandFailed(
            CommandFailed.WRONG_USE, "the claims " + json + " " + e.getMessage(), e);
      }
    }
    return callers;
  }

  /** The same subject may come with different claims. */
  private static String label(String subject, List<TableCaller> others) {
    String label = subject;
    for (int i = 2; taken(label, others); i++) {
      label = "%s (%d)".formatted(subject, i);
    }
    return label;
  }

  private static boolean taken(String label, List<TableCaller> callers) {
    return callers.stream().anyMatch(caller -> caller.label().equals(label));
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }
}
