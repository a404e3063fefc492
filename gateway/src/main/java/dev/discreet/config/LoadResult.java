package dev.discreet.config;

import java.util.List;

/** What became of a folder. */
public sealed interface LoadResult {
  /** Every check passed. */
  record Loaded(GatewayConfig config, List<Problem> warnings) implements LoadResult {
    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /** At least one error; {@code problems} are all of them, by file and line. */
  record Broken(List<Problem> problems) implements LoadResult {
    public Broken {
      problems = List.copyOf(problems);
    }
  }
}
