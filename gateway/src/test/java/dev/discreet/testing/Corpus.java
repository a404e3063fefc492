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

  private static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(Corpus.class.getResourceAsStream("/corpora/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the cases of a corpus that is a list} */
  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> list(String name) {
    try {
      return (List<Map<String, Object>>) (List<?>) JSONArrayUtils.parse(text(name));
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the {@code cases} of a corpus that is an object} */
  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> cases(String name) {
    try {
      return (List<Map<String, Object>>) JSONObjectUtils.parse(text(name), 1 << 22).get("cases");
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
