package dev.discreet.identity;

import dev.discreet.config.GatewayConfig;
import dev.discreet.config.IssuerConfig;
import dev.discreet.config.IssuerConfig.KeySource;
import dev.discreet.config.LoadResult;
import dev.discreet.config.Problem;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/** The key sets that a configuration holds in files: a part of it, and checked with it. */
public final class KeyFiles {
  private KeyFiles() {}

  /** {@return {@code result}; broken if a file that should hold a key set holds none} */
  public static LoadResult check(LoadResult result) {
    if (!(result instanceof LoadResult.Loaded(GatewayConfig config, List<Problem> _))) {
      return result;
    }
    List<Problem> problems = new ArrayList<>();
    for (IssuerConfig issuer : config.issuers().values()) {
      if (issuer.jwks() instanceof KeySource.Local file && !isKeySet(file)) {
        problems.add(problem(issuer, file));
      }
    }
    return problems.isEmpty() ? result : new LoadResult.Broken(problems);
  }

  private static boolean isKeySet(KeySource.Local file) {
    try {
      KeySet.parse(file.content().getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (ParseException e) {
      return false;
    }
  }

  /** Nothing of the file is shown: it may be another file than was meant, and hold a secret. */
  private static Problem problem(IssuerConfig issuer, KeySource.Local source) {
    return new Problem(
        Problem.Severity.ERROR,
        "gateway.yaml",
        0,
        0,
        "issuers." + issuer.name() + ".jwks",
        "",
        "the file " + source.file() + " holds no key set (RFC 7517 §5)",
        null);
  }
}
