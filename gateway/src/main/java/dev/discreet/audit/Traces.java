package dev.discreet.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How a path would show in an answer that repeats it. */
final class Traces {
  private static final String BLANK = "{path}";

  /** Shorter segments stand in an answer by chance. */
  private static final int TELLING = 4;

  private final List<String> forms;

  private Traces(List<String> forms) {
    this.forms = forms;
  }

  /** {@return the traces of {@code path}, which was asked beside {@code other}} */
  static Traces of(String path, String other) {
    Set<String> texts = new LinkedHashSet<>(List.of(path));
    List<String> others = List.of(other.split("/", -1));
    for (String segment : path.split("[/?&=]", -1)) {
      if (segment.length() >= TELLING && !others.contains(segment)) {
        texts.add(segment);
      }
    }
    Set<String> forms = new LinkedHashSet<>();
    for (String text : texts) {
      forms.add(text);
      forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
      forms.add(text.replace("/", "\\/"));
    }
    List<String> longestFirst = new ArrayList<>(forms);
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    return new Traces(longestFirst);
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
