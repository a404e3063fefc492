package dev.discreet.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The cases of {@code corpora/smuggling.json}. */
final class SmugglingCorpus {
  /**
   * One case.
   *
   * @param raw the octets, one a character
   * @param statuses that are acceptable
   * @param requestMethod of the request that an upstream's answer answers, or empty
   * @param connection what becomes of the upstream's connection, or empty
   */
  record Case(
      String id,
      String why,
      String kind,
      String raw,
      String outcome,
      Set<Integer> statuses,
      String requestMethod,
      String connection,
      boolean thenClose) {
    @Override
    public String toString() {
      return id + " " + why;
    }
  }

  private SmugglingCorpus() {}

  static List<Case> ofKind(String kind) {
    try (InputStream file =
            Objects.requireNonNull(
                SmugglingCorpus.class.getResourceAsStream("/corpora/smuggling.json"));
        JsonParser json = new JsonFactory().createParser(file)) {
      List<Case> cases = new ArrayList<>();
      json.nextToken();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        Case next = new Reader().read(json);
        if (next.kind().equals(kind)) {
          cases.add(next);
        }
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Reader {
    private String id = "";
    private String why = "";
    private String kind = "";
    private String raw = "";
    private String outcome = "";
    private final Set<Integer> statuses = new HashSet<>();
    private String requestMethod = "";
    private String connection = "";
    private boolean thenClose;

    Case read(JsonParser json) throws IOException {
      fields(json);
      return new Case(id, why, kind, raw, outcome, statuses, requestMethod, connection, thenClose);
    }

    private void fields(JsonParser json) throws IOException {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "id" -> id = json.getText();
          case "why" -> why = json.getText();
          case "kind" -> kind = json.getText();
          case "raw" -> raw = json.getText();
          case "outcome" -> outcome = json.getText();
          case "request_method" -> requestMethod = json.getText();
          case "upstream_conn" -> connection = json.getText();
          case "then_close" -> thenClose = json.getBooleanValue();
          case "expect" -> fields(json);
          case "status" -> {
            while (json.nextToken() != JsonToken.END_ARRAY) {
              if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                statuses.add(json.getIntValue());
              }
            }
          }
          default -> json.skipChildren();
        }
      }
    }
  }
}
