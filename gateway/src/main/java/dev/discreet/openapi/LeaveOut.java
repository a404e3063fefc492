package dev.discreet.openapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is left out on purpose. An entry is an operation, {@code GET /a/{id}}, or a path, {@code
 * /a/{id}}, written as they are reported; there are no patterns, so that whatever is new is told
 * of.
 */
public final class LeaveOut {
  /**
   * One entry.
   *
   * @param place where it stands
   * @param what the operation or path
   */
  record Entry(String place, String what) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, List<Entry>> byName = new HashMap<>();
  private final Set<Entry> used = new HashSet<>();

  /** Reads the entries of a command line, one in each text. */
  public void add(String option, String text) {
    add(new Entry(option, text));
  }

  /**
   * Reads the lines of a file; what follows a {@code #} at their beginning or a space is comment.
   */
  public void addLines(String file, String text) {
    int line = 0;
    for (String each : text.lines().toList()) {
      line++;
      String what = each.replaceFirst("(^|\\s)#.*", "");
      if (!what.isBlank()) {
        add(new Entry(file + ":" + line, what));
      }
    }
  }

  private void add(Entry written) {
    Entry entry = new Entry(written.place(), written.what().strip().replaceAll("\\s+", " "));
    entries.add(entry);
    byName.computeIfAbsent(entry.what(), what -> new ArrayList<>()).add(entry);
  }

  /** {@return the entries that name an operation or path; from now on they are used} */
  List<Entry> naming(String what) {
    List<Entry> naming = new ArrayList<>(byName.getOrDefault(what, List.of()));
    int path = what.indexOf(" /");
    if (path >= 0) {
      naming.addAll(byName.getOrDefault(what.substring(path + 1), List.of()));
    }
    used.addAll(naming);
    return naming;
  }

  /** {@return the entries that named nothing, each with its place} */
  public List<String> unused() {
    return entries.stream()
        .filter(entry -> !used.contains(entry))
        .map(entry -> entry.place() + ": " + entry.what())
        .toList();
  }
}
