package dev.discreet.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What reading a value needs beside the value.
 *
 * @param folder what relative paths are relative to
 * @param variables the environment
 * @param problems where problems go
 * @param files what is read beside the folder's YAML is added here, whether it is there or not
 * @param text the text of the file, or empty before one is read
 */
record Source(
    Path folder, Interpolation variables, Problems problems, Set<Path> files, String text) {
  Source(Path folder, Interpolation variables, Problems problems) {
    this(folder, variables, problems, new LinkedHashSet<>(), "");
  }

  /** {@return the same, for a file} */
  Source of(String content) {
    return new Source(folder, variables, problems, files, content);
  }
}
