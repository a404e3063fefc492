package dev.discreet.cli;

import dev.discreet.audit.Pair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The file of {@code --pairs}: a pair a line; blank lines and those that begin with # are none. */
final class PairsFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private PairsFile() {}

  /**
   * {@return the pairs, in their order}
   *
   * @throws ParameterException if a line is none
   * @throws CommandFailed if it can't be read
   */
  static List<Pair> read(CommandSpec spec, Path file) throws CommandFailed {
    // Octets that are no UTF-8 are replaced, so that the line in which they stand is told.
    List<String> lines = text(file).lines().toList();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          pairs.add(pair(line));
        } catch (IllegalArgumentException e) {
          throw new ParameterException(
              spec.commandLine(),
              "--pairs %s, line %d: %s".formatted(file, i + 1, e.getMessage()),
              e);
        }
      }
    }
    return pairs;
  }

  private static String text(Path file) throws CommandFailed {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (IOException e) {
      throw FileTrouble.unreadable("--pairs", file, e);
    }
  }

  private static Pair pair(String line) {
    String[] paths = line.split("\\s+", -1);
    if (paths.length != 2) {
      throw new IllegalArgumentException(
          "'" + line + "' is no pair: the hidden path, white space, the missing one");
    }
    return new Pair(paths[0], paths[1]);
  }
}
