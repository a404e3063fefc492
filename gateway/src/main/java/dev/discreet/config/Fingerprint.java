package dev.discreet.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What tells one state of a configuration's files from another without reading them: which there
 * are, where symbolic links lead, and of each file its inode, its size and when it was changed. Two
 * fingerprints are equal where all of it is.
 *
 * @param states the state of each file
 */
record Fingerprint(Map<Path, Object> states) {
  static final Fingerprint NOTHING = new Fingerprint(Map.of());

  /** With {@code ctime}, which nobody can set back, and which tells changed permissions too. */
  private static final String UNIX = "unix:dev,ino,size,lastModifiedTime,ctime";

  /**
   * {@return the fingerprint of a folder's YAML, and of further files}
   *
   * @param files that may be anywhere, and need not exist
   */
  static Fingerprint of(Path folder, Set<Path> files) {
    Map<Path, Object> states = new HashMap<>();
    FolderWalk.walk(
        folder,
        new FolderWalk.Visitor() {
          @Override
          public void file(Path file) {
            states.put(file, state(file));
          }

          @Override
          public void problem(Path path, String message) {
            states.put(path, message);
          }
        });
    files.forEach(file -> states.put(file, state(file)));
    return new Fingerprint(states);
  }

  private static Object state(Path file) {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        return Files.readAttributes(file, UNIX);
      }
      BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
      return basic.size() + " " + basic.lastModifiedTime() + " " + basic.fileKey();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
