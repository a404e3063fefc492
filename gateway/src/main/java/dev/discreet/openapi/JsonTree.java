package dev.discreet.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON. */
final class JsonTree {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(TreeReader.MOST_LEVELS).build())
          .build();

  private JsonTree() {}

  static Tree read(String text) throws BadDocumentException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      Tree tree = value(parser, place(parser));
      if (parser.nextToken() != null) {
        throw new BadDocumentException(place(parser), "something follows its end");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new BadDocumentException(
          e.getLocation() == null ? null : place(e.getLocation()),
          "is not JSON: " + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw new BadDocumentException("can't be read: " + e.getMessage(), e);
    }
  }

  private static Tree value(JsonParser parser, Place at) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Tree> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          Place named = place(parser);
          parser.nextToken();
          members.put(name, value(parser, named));
        }
        yield new Tree.Members(at, members);
      }
      case START_ARRAY -> {
        List<Tree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser, place(parser)));
        }
        yield new Tree.Items(at, items);
      }
      default -> new Tree.Text(at, parser.getText());
    };
  }

  private static Place place(JsonParser parser) {
    return place(parser.currentTokenLocation());
  }

  private static Place place(JsonLocation location) {
    return new Place(location.getLineNr(), location.getColumnNr());
  }
}
