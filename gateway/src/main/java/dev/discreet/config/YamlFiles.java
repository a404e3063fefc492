package dev.discreet.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the YAML files of a folder say. */
final class YamlFiles implements FolderWalk.Visitor {
  static final int MAX_OCTETS = 4 << 20;
  static final String GATEWAY = "gateway.yaml";

  private final @Nullable Path folder;
  private final Problems problems;
  private final List<Document> documents = new ArrayList<>();

  /** What one file says, and its text. */
  record Document(String file, Value root, String text) {}

  private YamlFiles(@Nullable Path folder, Problems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /** {@return what could be read, in the order of names; what could not is among the problems} */
  static List<Document> read(Path folder, Problems problems) {
    YamlFiles files = new YamlFiles(folder, problems);
    if (!Files.isDirectory(folder)) {
      String message =
          Files.exists(folder)
              ? "is not a folder; name the folder that holds " + GATEWAY
              : "there is no such folder";
      problems.error(Place.ofFile(folder.toString()), "", "", message);
      return List.of();
    }
    files.requireGateway(folder);
    FolderWalk.walk(folder, files);
    return files.documents;
  }

  /** {@return what files say, and those in and below folders; each is called as it was named} */
  static List<Document> readAll(List<Path> paths, Problems problems) {
    YamlFiles files = new YamlFiles(null, problems);
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        FolderWalk.walk(path, files);
      } else {
        files.file(path);
      }
    }
    return files.documents;
  }

  private void requireGateway(Path folder) {
    if (!Files.exists(folder.resolve(GATEWAY))) {
      boolean otherName = Files.exists(folder.resolve("gateway.yml"));
      String message =
          otherName ? "is missing; rename gateway.yml" : "is missing; it holds the gateway's keys";
      problems.error(Place.ofFile(GATEWAY), "", "", message);
    }
  }

  @Override
  public void file(Path file) {
    String text = text(file);
    Value root = text == null ? null : YamlParser.parse(relative(file), text, problems);
    if (text != null && root != null) {
      documents.add(new Document(relative(file), root, text));
    }
  }

  @Override
  public void problem(Path path, String message) {
    report(path, message);
  }

  private @Nullable String text(Path file) {
    if (!Files.exists(file)) {
      report(
          file,
          Files.isSymbolicLink(file) ? "is a symbolic link to nothing" : "there is no such file");
      return null;
    }
    if (!Files.isRegularFile(file)) {
      report(file, "is not a regular file");
      return null;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MAX_OCTETS + 1);
      if (octets.length > MAX_OCTETS) {
        report(file, "is larger than 4MiB; split it");
        return null;
      }
      return decode(file, octets);
    } catch (IOException e) {
      report(file, "can't be read: " + reason(e));
      return null;
    }
  }

  private @Nullable String decode(Path file, byte[] octets) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(octets);
    CharBuffer out = CharBuffer.allocate(octets.length);
    if (decoder.decode(in, out, true).isError()) {
      problems.error(Place.after(relative(file), out.flip()), "", "", "is not UTF-8");
      return null;
    }
    return out.flip().toString();
  }

  private void report(Path path, String message) {
    problems.error(Place.ofFile(relative(path)), "", "", message);
  }

  private String relative(Path path) {
    if (folder == null) {
      return path.toString().replace('\\', '/');
    }
    String relative = folder.relativize(path).toString().replace('\\', '/');
    return relative.isEmpty() ? folder.toString() : relative;
  }

  static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }
}
