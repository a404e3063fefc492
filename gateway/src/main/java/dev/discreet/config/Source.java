package dev.discreet.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What reading a value needs beside the value.
 *
 * @param folder what relative paths are relative to
 * @param variables the environment
 * @param isKeySet whether a text is a key set (RFC 7517 §5)
 * @param problems where problems go
 * @param files what is read beside the folder's YAML is added here, whether it is there or not
 * @param text the text of the file, or empty before one is read
 */
record Source(
    Path folder,
    Interpolation variables,
    Predicate<String> isKeySet,
    Problems problems,
    Set<Path> files,
    String text) {
  Source(Path folder, Interpolation variables, Predicate<String> isKeySet, Problems problems) {
    this(folder, variables, isKeySet, problems, new LinkedHashSet<>(), "");
  }

  /** For what has no issuers in it. */
  Source(Path folder, Interpolation variables, Problems problems) {
    this(folder, variables, _ -> false, problems);
  }

  /** {@return the same, for a file} */
  Source of(String content) {
    return new Source(folder, variables, isKeySet, problems, files, content);
  }
}
