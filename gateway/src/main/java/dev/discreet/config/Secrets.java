package dev.discreet.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files that a configuration names, and secrets that stand in them: {@code {file: path}}. */
final class Secrets {
  static final Key<Path> FILE = Key.required("file", Secrets::path);
  static final Keys FILE_KEYS = Keys.of(FILE);
  private static final int MAX_OCTETS = 64 << 10;

  private Secrets() {}

  /** {@return text as it is, or what the named file holds without its final line break} */
  static @Nullable String secret(Node node) {
    if (node.isText()) {
      return node.text();
    }
    Path file = Section.of(node, FILE_KEYS).find(FILE);
    if (file == null) {
      return null;
    }
    try {
      String secret =
          Files.size(file) > MAX_OCTETS ? "" : Files.readString(file).replaceFirst("\\R\\z", "");
      if (secret.isEmpty()) {
        node.error("the file " + file + " is empty, or larger than 64KiB");
      }
      return secret;
    } catch (IOException e) {
      node.error("the file " + file + " can't be read: " + YamlFiles.reason(e));
      return null;
    }
  }

  /** {@return a file that can be read; relative paths are relative to the folder} */
  static @Nullable Path path(Node node) {
    String text = node.text();
    if (text == null) {
      return null;
    }
    try {
      Path file = node.source().folder().resolve(text);
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        node.error("there is no such file that can be read; looked for " + file);
        return null;
      }
      return file;
    } catch (InvalidPathException e) {
      node.error("is not a path");
      return null;
    }
  }
}
