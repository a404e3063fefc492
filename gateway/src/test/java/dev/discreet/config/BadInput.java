package dev.discreet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.Problem.Severity;
import java.util.List;

/**
 * One file that is wrong in one way.
 *
 * @param place {@code line:column} of the only problem
 * @param keyPath its key path
 * @param message a part of its line
 */
record BadInput(String file, String content, String place, String keyPath, String message) {
  /** Loads the file in {@code folder} and compares the only problem. */
  void checkIn(ConfigFolder folder, Severity severity) {
    List<Problem> problems = folder.write(file, content).problems();

    assertThat(problems).as("problems of %s", this).hasSize(1);
    Problem problem = problems.getFirst();
    assertThat(problem.severity()).isEqualTo(severity);
    assertThat(problem.file() + ":" + problem.line() + ":" + problem.column())
        .isEqualTo(file + ":" + place);
    assertThat(problem.keyPath()).isEqualTo(keyPath);
    assertThat(problem.toString()).contains(message);
  }

  @Override
  public String toString() {
    return message + " ← " + content.strip().lines().reduce((_, last) -> last).orElse("");
  }
}
