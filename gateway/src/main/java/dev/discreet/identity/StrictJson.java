package dev.discreet.identity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON object, read in the one way that every reader reads it (RFC 8259, RFC 8725 §2.4): UTF-8
 * without a byte-order mark, no name twice, at most 32 levels, nothing behind it.
 */
final class StrictJson {
  private static final int MOST_LEVELS = 32;
  // More than any double has.
  private static final int MOST_DIGITS = 1100;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_LEVELS)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .disable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
          // Names come from strangers: kept beyond their token, they could be made to collide.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** Where a name may not stand twice. */
  enum Unique {
    AT_ANY_DEPTH,
    AT_THE_TOP
  }

  private StrictJson() {}

  /**
   * {@return the object: strings, {@code BigDecimal}s without trailing zeros, booleans, lists,
   * maps}
   *
   * @throws RefusedToken as malformed; where there is a place to blame, its cause has it
   */
  static Map<String, Object> object(byte[] octets, Unique unique) throws RefusedToken {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      try (JsonParser parser = FACTORY.createParser(text)) {
        if (text.startsWith("\uFEFF") || parser.nextToken() != JsonToken.START_OBJECT) {
          throw new JsonParseException(parser, "there is no object");
        }
        Map<String, Object> object = object(parser, unique, true);
        if (parser.nextToken() != null) {
          throw new JsonParseException(parser, "something stands behind the object");
        }
        return object;
      }
    } catch (IOException e) {
      throw new RefusedToken(Reason.MALFORMED, e);
    }
  }

  private static Map<String, Object> object(JsonParser parser, Unique unique, boolean top)
      throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = wellFormed(parser, parser.currentName());
      parser.nextToken();
      Object value = value(parser, unique);
      boolean twice = object.containsKey(name);
      if (twice && (top || unique == Unique.AT_ANY_DEPTH)) {
        throw new JsonParseException(parser, "the name " + name + " stands twice");
      }
      object.put(name, value);
    }
    return object;
  }

  private static Object value(JsonParser parser, Unique unique) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, unique, false);
      case START_ARRAY -> {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser, unique));
        }
        yield array;
      }
      case VALUE_STRING -> wellFormed(parser, parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Null.NULL;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
      case null, default -> throw new JsonParseException(parser, "a value is missing");
    };
  }

  /** Half a surrogate pair is no character: each reader makes another of it (RFC 8259 §8.2). */
  private static String wellFormed(JsonParser parser, String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          throw new JsonParseException(parser, "half a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }

  /** What is no finite number to any reader is a value that matches nothing. */
  private static Object number(String text) {
    if (text.length() > MOST_DIGITS) {
      return Null.NULL;
    }
    try {
      BigDecimal number = new BigDecimal(text).stripTrailingZeros();
      // An exponent in the millions is written in a few octets, and takes megabytes to add to.
      return Math.abs((long) number.scale()) <= MOST_DIGITS ? number : Null.NULL;
    } catch (ArithmeticException | NumberFormatException e) {
      return Null.NULL;
    }
  }

  /** A value that matches nothing: JSON's null. */
  enum Null {
    NULL
  }
}
