package dev.discreet.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How paths would show in an answer that repeats them. */
final class Traces {
  /** In place of what was made of a path. */
  static final String BLANK = "{path}";

  /** Shorter segments stand in an answer by chance. */
  private static final int TELLING = 4;

  /** What separates the segments of a path and the parts of a query. */
  static final String BETWEEN = "[/?&=]";

  private final List<String> forms;

  private Traces(List<String> forms) {
    this.forms = forms;
  }

  /**
   * {@return the traces of both paths of a pair and of what became of them}
   *
   * @param sent the paths as they were sent
   */
  static Traces of(String hidden, String missing, List<String> sent) {
    Set<String> texts = new LinkedHashSet<>(List.of(hidden, missing));
    texts.addAll(sent);
    texts.addAll(own(hidden, missing));
    texts.addAll(own(missing, hidden));
    Set<String> forms = new LinkedHashSet<>();
    for (String text : texts) {
      forms.add(text);
      forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
      forms.add(text.replace("/", "\\/"));
      forms.add(text.toUpperCase(Locale.ROOT));
    }
    List<String> longestFirst = new ArrayList<>(forms);
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    return new Traces(longestFirst);
  }

  /** The segments that the other path has not. */
  private static List<String> own(String path, String other) {
    List<String> others = List.of(other.split(BETWEEN, -1));
    return Arrays.stream(path.split(BETWEEN, -1))
        .filter(segment -> segment.length() >= TELLING && !others.contains(segment))
        .toList();
  }

  String blank(String text) {
    String blanked = text;
    for (String form : forms) {
      blanked = blanked.replace(form, BLANK);
    }
    return blanked;
  }

  /** {@return whether something was blanked in it} */
  static boolean in(Observation observation) {
    return observation.aspects().values().stream().anyMatch(value -> value.contains(BLANK));
  }
}
