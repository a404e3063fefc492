package dev.discreet.openapi;

import com.fasterxml.jackson.core.JsonFactory;
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
      Tree tree = value(parser);
      if (parser.nextToken() != null) {
        throw new BadDocumentException("line " + line(parser) + ": something follows its end");
      }
      return tree;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new BadDocumentException(
          "line " + line + ": is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new BadDocumentException("can't be read: " + e.getMessage(), e);
    }
  }

  private static Tree value(JsonParser parser) throws IOException {
    int line = line(parser);
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Tree> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
        yield new Tree.Members(line, members);
      }
      case START_ARRAY -> {
        List<Tree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield new Tree.Items(line, items);
      }
      default -> new Tree.Text(line, parser.getText());
    };
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
