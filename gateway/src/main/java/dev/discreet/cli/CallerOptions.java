package dev.discreet.cli;

import dev.discreet.ask.Policy;
import dev.discreet.ask.Who;
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

  /**
   * {@return who calls}
   *
   * @throws CommandFailed if that can't be told
   */
  Who of(Policy policy) throws CommandFailed {
    if (token != null) {
      return bearer(policy, TextArgument.read("--token", token).stripTrailing());
    }
    if (claimed != null) {
      String json = TextArgument.read("--claims", claimed.claims);
      try {
        return policy.claimant(UnverifiedClaims.parse(json), claimed.issuer);
      } catch (IllegalArgumentException e) {
        throw new CommandFailed(CommandFailed.WRONG_USE, "the claims " + e.getMessage(), e);
      }
    }
    return Who.anonymous();
  }

  private static Who bearer(Policy policy, String token) throws CommandFailed {
    try {
      Who bearer = policy.bearer(token);
      if (bearer instanceof Who.NoKeys(String issuer)) {
        throw new CommandFailed(
            CommandFailed.FAILURE,
            "the keys of issuer %s can't be had here, so the token can't be verified. A gateway without them answers 503 (row 1b). To ask about what the token says, pass its payload: --claims"
                .formatted(issuer));
      }
      return bearer;
    } catch (IOException e) {
      throw new CommandFailed(CommandFailed.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }
}
