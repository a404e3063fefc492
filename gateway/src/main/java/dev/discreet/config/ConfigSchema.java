package dev.discreet.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The JSON Schema (2020-12) of a file of the configuration, made of the definitions by which files
 * are read. It is one for all files, since an editor knows of none but by its name: so it is for
 * {@code check} to say that a key belongs into {@code gateway.yaml}.
 */
public final class ConfigSchema {
  // Every single value may have variables in it: of what they hold, nothing is known.
  private static final String VARIABLE = "\\$\\{";
  private static final List<String> ANY_SCALAR = List.of("string", "number", "boolean");

  private ConfigSchema() {}

  /** {@return the schema, of maps, lists, strings, numbers and booleans, in a fixed order} */
  public static Map<String, Object> document() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Configuration of Discreet");
    schema.put("description", "gateway.yaml, or another file of routes, roles and grants.");
    Map<String, Object> root = mapping(ConfigLoader.GATEWAY);
    Object required = root.remove("required");
    schema.putAll(root);
    // A file with a key of the gateway is gateway.yaml.
    Map<String, Object> dependent = new LinkedHashMap<>();
    for (Key<?> key : GatewayReader.KEYS.known().values()) {
      if (!key.required() && required != null) {
        dependent.put(key.name(), required);
      }
    }
    schema.put("dependentRequired", dependent);
    return schema;
  }

  /** {@return the schema of a file of policy tests, likewise} */
  public static Map<String, Object> ofTests() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Policy tests of Discreet");
    schema.put("description", "Who asks for what, and what is answered.");
    schema.putAll(mapping(TestReader.FILE));
    return schema;
  }

  private static Map<String, Object> of(Shape shape) {
    return switch (shape) {
      case Shape.Text text -> text(text);
      case Shape.Flag _ ->
          anyOf(List.of(Map.of("type", "boolean"), text("^(?:true|false)$|" + VARIABLE)));
      case Shape.Count(long least, long most) -> number(least, most);
      case Shape.Choice(List<String> words) ->
          anyOf(List.of(Map.of("enum", words), text(VARIABLE)));
      case Shape.Anything _ -> Map.of();
      case Shape.Scalar _ -> Map.of("type", ANY_SCALAR);
      case Shape.Items(Shape item, int least) -> items(item, least);
      case Shape.Mapping(Keys keys) -> mapping(keys);
      case Shape.Names names -> names(names);
      case Shape.AnyOf anyOf -> anyOf(flat(anyOf).map(ConfigSchema::of).toList());
    };
  }

  private static Stream<Shape> flat(Shape shape) {
    return shape instanceof Shape.AnyOf(List<Shape> shapes)
        ? shapes.stream().flatMap(ConfigSchema::flat)
        : Stream.of(shape);
  }

  /**
   * Here every single value is text; elsewhere what is written 5 or true is a number, a boolean.
   */
  private static Map<String, Object> text(Shape.Text shape) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (shape.equals(Shape.TEXT)) {
      schema.put("type", ANY_SCALAR);
      schema.put("minLength", 1);
      return schema;
    }
    schema.putAll(text("^(?:" + shape.pattern() + ")$|" + VARIABLE));
    List<String> types = new ArrayList<>(List.of("string"));
    if (shape.matches("1")) {
      types.add("number");
    }
    if (shape.matches("true")) {
      types.add("boolean");
    }
    if (types.size() > 1) {
      schema.put("type", types);
    }
    return schema;
  }

  private static Map<String, Object> text(String pattern) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("pattern", pattern);
    return schema;
  }

  private static Map<String, Object> number(long least, long most) {
    Map<String, Object> number = new LinkedHashMap<>();
    number.put("type", "integer");
    number.put("minimum", least);
    number.put("maximum", most);
    return anyOf(List.of(number, text("^" + digits(least, most) + "$|" + VARIABLE)));
  }

  /** As near as a pattern comes to a range: the number of digits that count. */
  private static String digits(long least, long most) {
    if (most == 0) {
      return "0+";
    }
    int longest = String.valueOf(most).length();
    return least == 0
        ? "0*[0-9]{1," + longest + "}"
        : "0*[1-9][0-9]{" + (String.valueOf(least).length() - 1) + "," + (longest - 1) + "}";
  }

  private static Map<String, Object> items(Shape item, int least) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", of(item));
    if (least > 0) {
      schema.put("minItems", least);
    }
    return schema;
  }

  private static Map<String, Object> names(Shape.Names shape) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("propertyNames", Map.of("pattern", "^(?:" + shape.pattern() + ")$"));
    schema.put("additionalProperties", of(shape.value()));
    if (shape.least() > 0) {
      schema.put("minProperties", shape.least());
    }
    return schema;
  }

  private static Map<String, Object> anyOf(List<Map<String, Object>> schemas) {
    return new LinkedHashMap<>(Map.of("anyOf", schemas));
  }

  private static Map<String, Object> mapping(Keys keys) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    Map<String, Object> properties = new LinkedHashMap<>();
    keys.known().values().forEach(key -> properties.put(key.name(), property(key)));
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    List<String> required =
        keys.known().values().stream().filter(Key::required).map(Key::name).toList();
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    keys.rules().forEach(rule -> schema.putAll(of(rule)));
    return schema;
  }

  private static Map<String, Object> property(Key<?> key) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", key.description());
    schema.putAll(of(key.type().shape()));
    if (key.standard() != null) {
      schema.put("default", plain(Standards.value(key.standard())));
    }
    return schema;
  }

  private static Map<String, Object> of(Rule rule) {
    return switch (rule) {
      case Rule.ExactlyOne(List<String> names) -> Map.of("oneOf", present(names.stream()));
      case Rule.AtLeastOne(String one, String other) ->
          Map.of("anyOf", present(Stream.of(one, other)));
      case Rule.Together(String one, String other) ->
          Map.of(
              "dependentRequired", new TreeMap<>(Map.of(one, List.of(other), other, List.of(one))));
      case Rule.OnlyBeside(String one, List<String> those) -> {
        Map<String, List<String>> dependent = new TreeMap<>();
        those.forEach(name -> dependent.put(name, List.of(one)));
        yield Map.of("dependentRequired", dependent);
      }
    };
  }

  private static List<Map<String, Object>> present(Stream<String> names) {
    return names.map(name -> Map.<String, Object>of("required", List.of(name))).toList();
  }

  /** {@return the value as YAML's core schema reads it} */
  private static Object plain(Value value) {
    return switch (value) {
      case Value.Text(_, String raw, _) when raw.equals("true") || raw.equals("false") ->
          Boolean.valueOf(raw);
      case Value.Text(_, String raw, _) when raw.matches("[0-9]+") -> Long.valueOf(raw);
      case Value.Text(_, String raw, _) -> raw;
      case Value.Items(_, List<Value> items) -> items.stream().map(ConfigSchema::plain).toList();
      case Value.Entries(_, List<Value.Entry> entries) -> {
        Map<String, Object> plain = new LinkedHashMap<>();
        entries.forEach(entry -> plain.put(entry.key().raw(), plain(entry.value())));
        yield plain;
      }
    };
  }
}
