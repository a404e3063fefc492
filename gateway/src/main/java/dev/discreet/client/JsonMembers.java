package dev.discreet.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The members of a JSON object that are a single value. */
public final class JsonMembers {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonMembers() {}

  /**
   * {@return strings and numbers by name, as text}
   *
   * @throws IOException if it is no JSON object, or a name stands twice
   */
  public static Map<String, String> of(byte[] octets) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(octets)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("its answer is no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING || value.isNumeric()) {
          members.put(name, parser.getText());
        }
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new IOException("its answer is more than a JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new IOException("its answer is no JSON, or has a name twice", e);
    }
    return members;
  }
}
