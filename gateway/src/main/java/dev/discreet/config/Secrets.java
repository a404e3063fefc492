package dev.discreet.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files that a configuration names, and secrets that stand in them: {@code {file: path}}. */
final class Secrets {
  static final Key<Path> FILE =
      Key.required(
          "file",
          new Type<>(Shape.TEXT, Secrets::path),
          "A file; relative paths are relative to the folder of the configuration.");
  static final Keys FILE_KEYS = Keys.of(FILE);
  static final Shape SHAPE = Shape.anyOf(Shape.TEXT, new Shape.Mapping(FILE_KEYS));
  private static final int MAX_OCTETS = 64 << 10;

  private Secrets() {}

  /** {@return text as it is, or what the named file holds without its final line break} */
  static @Nullable String secret(Node node) {
    if (node.isText()) {
      return node.text();
    }
    Path file = Section.of(node, FILE_KEYS).find(FILE);
    String content = file == null ? null : content(node, file, MAX_OCTETS);
    if (content == null) {
      return null;
    }
    String secret = content.replaceFirst("\\R\\z", "");
    if (secret.isEmpty()) {
      node.error("the file " + file + " holds an empty line alone");
    }
    return secret;
  }

  /** {@return what the file holds, as UTF-8; null after a problem, such as that it is empty} */
  static @Nullable String content(Node node, Path file, int mostOctets) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(mostOctets + 1);
      if (octets.length == 0 || octets.length > mostOctets) {
        node.error("the file %s is empty, or larger than %d KiB".formatted(file, mostOctets >> 10));
        return null;
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      node.error("the file " + file + " is not UTF-8");
      return null;
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
      node.source().files().add(file);
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
