package dev.discreet.cli;

import dev.discreet.ask.ExplainJson;
import dev.discreet.ask.ExplainText;
import dev.discreet.ask.Inquiry;
import dev.discreet.ask.Policy;
import dev.discreet.ask.Policy.Explained;
import dev.discreet.policy.Existence;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what would be answered to a request, and why. */
@Command(
    name = "explain",
    description = {
      "Says what would be answered to a request, by which row of the decision table, and every step"
          + " that led to it.",
      "Nothing is sent to an upstream, and no token anywhere. Without --token and --claims the caller"
          + " is anonymous."
    })
final class ExplainCommand implements Callable<Integer> {
  /** What the upstream is taken to say. */
  enum Exists {
    YES(Existence.PRESENT),
    NO(Existence.ABSENT),
    UNKNOWN(Existence.UNKNOWN);

    private final Existence existence;

    Exists(Existence existence) {
      this.existence = existence;
    }
  }

  /** How an explanation is written. */
  enum Format {
    TEXT,
    JSON
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigFolder config = new ConfigFolder();
  @Mixin private MomentOptions moment = new MomentOptions();

  @ArgGroup private CallerOptions caller = new CallerOptions();

  @Parameters(index = "0", paramLabel = "METHOD", description = "Such as GET; case-sensitive.")
  private String method = "";

  @Parameters(
      index = "1",
      paramLabel = "PATH",
      description = "As a client sends it, percent-encoded; a query may follow.")
  private String path = "";

  @Option(
      names = "--exists",
      paramLabel = "ANSWER",
      description = {
        "Whether the resource exists, should the upstream be asked: yes, no or unknown.",
        "Without this option the answer to each is shown."
      })
  private @Nullable Exists exists;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The host that is asked for; needed where routes name hosts.")
  private String host = "";

  @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; default: text.")
  private Format format = Format.TEXT;

  @Override
  public Integer call() throws CommandFailed {
    Policy policy = new Policy(config.required(spec));
    CallerOptions.Found found = caller.of(policy);
    Explained explained =
        policy.explain(new Inquiry(found.who(), method, path, host, moment.get()));
    Existence existence = exists == null ? null : exists.existence;
    String text =
        switch (format) {
          case TEXT -> ExplainText.of(explained, existence, found.token());
          case JSON -> ExplainJson.of(explained, existence, found.token());
        };
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
