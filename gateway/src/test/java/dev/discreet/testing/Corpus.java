package dev.discreet.testing;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The attack corpora, as data. */
public final class Corpus {
  private Corpus() {}

  /** One object of a corpus. */
  public record Case(Map<?, ?> members) {
    /** {@return a member that must be there} */
    public Object get(String name) {
      return Objects.requireNonNull(members.get(name), () -> name + " of " + members);
    }

    /** {@return whether the member is there and is not null} */
    public boolean has(String name) {
      return members.get(name) != null;
    }

    /** {@return a text} */
    public String text(String name) {
      return (String) get(name);
    }

    /** {@return a number} */
    public int number(String name) {
      return ((Number) get(name)).intValue();
    }

    /** {@return a list} */
    public List<?> list(String name) {
      return (List<?>) get(name);
    }

    /** {@return a list of numbers} */
    public List<Integer> numbers(String name) {
      return list(name).stream().map(number -> ((Number) number).intValue()).toList();
    }

    /** {@return an object} */
    public Case object(String name) {
      return new Case((Map<?, ?>) get(name));
    }

    /** {@return whether the member is true} */
    public boolean flag(String name) {
      return Boolean.TRUE.equals(members.get(name));
    }
  }

  private static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(Corpus.class.getResourceAsStream("/corpora/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the numbers of a corpus that is a numbered list in Markdown} */
  public static List<Integer> numbers(String name) {
    return text(name)
        .lines()
        .filter(line -> line.matches("\\d+\\. .*"))
        .map(line -> Integer.valueOf(line.substring(0, line.indexOf('.'))))
        .toList();
  }

  /** {@return the cases of a corpus that is a list} */
  public static List<Case> list(String name) {
    try {
      return cases(JSONArrayUtils.parse(text(name)));
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the {@code cases} of a corpus that is an object} */
  public static List<Case> cases(String name) {
    try {
      return cases(new Case(JSONObjectUtils.parse(text(name), 1 << 22)).list("cases"));
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Case> cases(List<?> objects) {
    return objects.stream().map(object -> new Case((Map<?, ?>) object)).toList();
  }
}
