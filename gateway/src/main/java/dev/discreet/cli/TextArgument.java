package dev.discreet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An argument that is text, {@code @file}, or {@code -} for standard input (SPEC §5). */
final class TextArgument {
  private TextArgument() {}

  /**
   * {@return the text}
   *
   * @param option as the message names it
   * @throws CommandFailed if it can't be read
   */
  static String read(String option, String value) throws CommandFailed {
    try {
      if (value.equals("-")) {
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      }
      return value.startsWith("@") ? Files.readString(Path.of(value.substring(1))) : value;
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new CommandFailed(
          CommandFailed.WRONG_USE, "%s %s: there is no such file".formatted(option, value), e);
    } catch (IOException e) {
      throw new CommandFailed(
          CommandFailed.WRONG_USE,
          "%s %s can't be read: %s".formatted(option, value, e.getMessage()),
          e);
    }
  }
}
