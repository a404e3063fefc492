package dev.discreet.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Says in words why a file of the command line can't be used: Java's say its name alone. */
final class FileTrouble {
  private FileTrouble() {}

  /**
   * {@return what ends the command where a file can't be read}
   *
   * @param option as the message names it
   * @param file as it was given
   */
  static CommandFailed unreadable(String option, @Nullable Object file, IOException why) {
    return failed(option, file, "read", why);
  }

  /**
   * {@return what ends the command where a file can't be written}
   *
   * @param option as the message names it
   * @param file as it was given
   */
  static CommandFailed unwritable(String option, @Nullable Object file, IOException why) {
    return failed(option, file, "written", why);
  }

  private static CommandFailed failed(
      String option, @Nullable Object file, String verb, IOException why) {
    return new CommandFailed(
        CommandFailed.WRONG_USE,
        "%s %s can't be %s: %s".formatted(option, file, verb, inWords(why)),
        why);
  }

  private static String inWords(IOException why) {
    return switch (why) {
      case NoSuchFileException none -> "no such file or folder";
      case AccessDeniedException denied -> "permission denied";
      default -> String.valueOf(why.getMessage());
    };
  }
}
