package dev.discreet.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The YAML files of a folder (SPEC §4): {@code *.yaml} and {@code *.yml} beside and below, names
 * that begin with a dot left out, symbolic links followed.
 */
final class FolderWalk {
  /** Who is told what is there, in the order of names. */
  interface Visitor {
    /** A YAML file, or what is called like one; it may be a link to nothing. */
    void file(Path file);

    /** What can't be walked. */
    void problem(Path path, String message);
  }

  private final Visitor visitor;
  private final Set<Path> above = new HashSet<>();

  private FolderWalk(Visitor visitor) {
    this.visitor = visitor;
  }

  static void walk(Path folder, Visitor visitor) {
    new FolderWalk(visitor).walk(folder);
  }

  private void walk(Path directory) {
    try {
      Path real = directory.toRealPath();
      if (!above.add(real)) {
        visitor.problem(directory, "is a symbolic link that leads in a circle");
        return;
      }
      for (Path child : children(directory)) {
        visit(child);
      }
      above.remove(real);
    } catch (IOException e) {
      visitor.problem(directory, "can't be read: " + YamlFiles.reason(e));
    }
  }

  private static List<Path> children(Path directory) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.sort(null);
    return children;
  }

  private void visit(Path child) {
    String name = String.valueOf(child.getFileName());
    boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
    if (name.startsWith(".")) {
      return;
    }
    if (Files.isDirectory(child)) {
      if (yaml) {
        visitor.problem(child, "is a folder, not a file; rename it");
      } else {
        walk(child);
      }
    } else if (yaml) {
      visitor.file(child);
    }
  }
}
