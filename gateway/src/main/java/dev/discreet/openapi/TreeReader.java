package dev.discreet.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file of JSON or YAML: what begins with a brace is JSON. */
final class TreeReader {
  static final String EMPTY = "is empty; give an OpenAPI document, 3.0 or 3.1";
  static final int MOST_LEVELS = 200;
  static final int MOST_OCTETS = 64 << 20;

  private TreeReader() {}

  static Tree read(Path file) throws BadDocumentException {
    String text = text(file);
    if (text.isBlank()) {
      throw new BadDocumentException(EMPTY);
    }
    return text.stripLeading().startsWith("{") ? JsonTree.read(text) : YamlTree.read(text);
  }

  private static String text(Path file) throws BadDocumentException {
    if (Files.notExists(file)) {
      throw new BadDocumentException("there is no such file");
    }
    if (Files.isDirectory(file)) {
      throw new BadDocumentException("is a folder; name the document in it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MOST_OCTETS + 1);
      if (octets.length > MOST_OCTETS) {
        throw new BadDocumentException("is larger than 64MiB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new BadDocumentException("is not UTF-8", e);
    } catch (IOException e) {
      throw new BadDocumentException("can't be read: " + e.getMessage(), e);
    }
  }
}
