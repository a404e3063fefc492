package dev.discreet.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the 200 of a GET is a list, and how an empty one looks. */
final class ListAnswers {
  private static final Set<String> USUAL =
      Set.of("items", "data", "results", "values", "entries", "content", "records");
  private static final int MOST_PARTS = 8;

  private final References references;

  ListAnswers(References references) {
    this.references = references;
  }

  /** {@return the JSON of the empty list, or null where the answer is none} */
  @Nullable String empty(Operation operation) throws BadDocumentException {
    Tree.Members answers = references.resolve(operation.definition().get("responses"));
    Tree.Members ok = answers == null ? null : references.resolve(first(answers, "200", "2XX"));
    Tree.Members content = ok == null ? null : references.resolve(ok.get("content"));
    if (content == null) {
      return null;
    }
    for (Map.Entry<String, Tree> type : content.members().entrySet()) {
      Tree.Members media = references.resolve(type.getValue());
      if (media != null && type.getKey().matches("application/([^;]*\\+)?json(;.*)?")) {
        return emptyOf(references.resolve(media.get("schema")));
      }
    }
    return null;
  }

  private static @Nullable Tree first(Tree.Members of, String one, String other) {
    Tree found = of.get(one);
    return found == null ? of.get(other) : found;
  }

  private @Nullable String emptyOf(Tree.@Nullable Members schema) throws BadDocumentException {
    if (schema == null) {
      return null;
    }
    if (isType(schema, "array")) {
      return "[]";
    }
    Map<String, Tree> properties = new LinkedHashMap<>();
    collect(schema, properties, MOST_PARTS);
    String list = listOf(properties);
    return list == null ? null : page(list, properties);
  }

  /** Of a schema and the parts that it is made of. */
  private void collect(Tree.Members schema, Map<String, Tree> properties, int most)
      throws BadDocumentException {
    Tree.Members own = references.resolve(schema.get("properties"));
    if (own != null) {
      properties.putAll(own.members());
    }
    for (Tree part : schema.items("allOf")) {
      Tree.Members resolved = references.resolve(part);
      if (resolved != null && most > 0) {
        collect(resolved, properties, most - 1);
      }
    }
  }

  private @Nullable String listOf(Map<String, Tree> properties) throws BadDocumentException {
    String only = null;
    int lists = 0;
    for (Map.Entry<String, Tree> property : properties.entrySet()) {
      Tree.Members schema = references.resolve(property.getValue());
      if (schema != null && isType(schema, "array")) {
        if (USUAL.contains(property.getKey())) {
          return property.getKey();
        }
        lists++;
        only = property.getKey();
      }
    }
    // One list among what describes a page; a thing with a list in it has more to say.
    return lists == 1 && properties.size() <= 6 ? only : null;
  }

  /** Numbers of a page are 0, flags are false; texts are left out. */
  private String page(String list, Map<String, Tree> properties) throws BadDocumentException {
    StringBuilder json = new StringBuilder("{");
    for (Map.Entry<String, Tree> property : properties.entrySet()) {
      Tree.Members schema = references.resolve(property.getValue());
      String value = property.getKey().equals(list) ? "[]" : schema == null ? "" : none(schema);
      if (!value.isEmpty() && property.getKey().matches("[A-Za-z0-9_@.$-]+")) {
        json.append(json.length() > 1 ? "," : "");
        json.append('"').append(property.getKey()).append("\":").append(value);
      }
    }
    return json.append('}').toString();
  }

  private static String none(Tree.Members schema) {
    if (isType(schema, "integer") || isType(schema, "number")) {
      return "0";
    }
    return isType(schema, "boolean") ? "false" : "";
  }

  private static boolean isType(Tree.Members schema, String type) {
    List<Tree> several = schema.items("type");
    return schema.text("type").equals(type)
        || several.stream()
            .anyMatch(t -> t instanceof Tree.Text(Place _, String one) && one.equals(type));
  }
}
