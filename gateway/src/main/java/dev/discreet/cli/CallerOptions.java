package dev.discreet.cli;

import dev.discreet.ask.Bearer;
import dev.discreet.ask.Policy;
import dev.discreet.ask.Who;
import dev.discreet.identity.TokenReport;
import dev.discreet.identity.UnverifiedClaims;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say who calls: a token, claims, or nobody. */
final class CallerOptions {
  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = {
        "A token, verified as the gateway does it, with the keys of its issuer.",
        "What it is bound to (DPoP, a client's certificate) is taken for proven, and said.",
        "Text, @FILE, or - for standard input."
      })
  private @Nullable String token;

  @ArgGroup(exclusive = false)
  private @Nullable Claimed claimed;

  /** Claims, and whose. */
  static final class Claimed {
    @Option(
        names = "--claims",
        required = true,
        paramLabel = "JSON",
        description = {
          "The claims of a token that is taken to be valid: a JSON object with sub.",
          "Text, @FILE, or - for standard input."
        })
    private String claims = "";

    @Option(
        names = "--issuer",
        paramLabel = "NAME",
        description =
            "Whose token it is; default: the issuer that the claim iss names, or the only one.")
    private @Nullable String issuer;
  }

  /** Who calls, and the token that says so, or null. */
  record Found(Who who, @Nullable TokenReport token) {}

  /**
   * {@return who calls}
   *
   * @throws CommandFailed if that can't be told
   */
  Found of(Policy policy) throws CommandFailed {
    if (token != null) {
      return bearer(policy, TextArgument.read("--token", token).stripTrailing());
    }
    if (claimed != null) {
      String json = TextArgument.read("--claims", claimed.claims);
      try {
        return new Found(
            Who.claiming(policy.config(), UnverifiedClaims.parse(json), claimed.issuer), null);
      } catch (IllegalArgumentException e) {
        throw new CommandFailed(CommandFailed.WRONG_USE, "the claims " + e.getMessage(), e);
      }
    }
    return new Found(Who.anonymous(), null);
  }

  private static Found bearer(Policy policy, String token) throws CommandFailed {
    try {
      Bearer bearer = Bearer.of(policy.config(), token);
      if (bearer.who() instanceof Who.NoKeys(String issuer)) {
        throw new CommandFailed(
            CommandFailed.FAILURE,
            "the keys of issuer %s can't be had here, so the token can't be verified. A gateway without them answers 503 (row 1b). To ask about what the token says, pass its payload: --claims"
                .formatted(issuer));
      }
      return new Found(bearer.who(), bearer.token());
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          CommandFailed.FAILURE,
          "the token %s. To ask about what it stands for, pass that: --claims"
              .formatted(e.getMessage()),
          e);
    } catch (IOException e) {
      throw new CommandFailed(CommandFailed.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }
}
