package dev.discreet.decisions;

import dev.discreet.config.ConfigLoader;
import dev.discreet.config.GatewayConfig;
import dev.discreet.config.LoadResult;
import dev.discreet.policy.Caller;
import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Claims;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** One file of decision cases. */
final class DecisionFile {
  private final Map<String, Object> members;

  private DecisionFile(Map<String, Object> members) {
    this.members = members;
  }

  static DecisionFile read(String name) {
    try (InputStream in =
        Objects.requireNonNull(DecisionFile.class.getResourceAsStream("/decisions/" + name))) {
      return new DecisionFile(new Yaml().load(in));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the configuration, read as the gateway reads it} */
  GatewayConfig config(Path folder) throws IOException {
    Files.writeString(folder.resolve("gateway.yaml"), text(members, "config"));
    return switch (ConfigLoader.load(folder, Map.of())) {
      case LoadResult.Loaded loaded -> loaded.config();
      case LoadResult.Broken broken -> throw new AssertionError(broken.problems().toString());
    };
  }

  List<Map<String, Object>> cases() {
    List<Map<String, Object>> cases = new ArrayList<>();
    for (Object one : (List<?>) get(members, "cases")) {
      cases.add(object(one));
    }
    return cases;
  }

  Caller caller(String name) {
    if (name.equals("anonymous")) {
      return Caller.Anonymous.ANONYMOUS;
    }
    Map<String, Object> said = object(get(object(get(members, "callers")), name));
    Map<String, Object> claims =
        said.containsKey("claims") ? object(get(said, "claims")) : Map.of();
    return new Caller.Authenticated(
        (String) said.getOrDefault("issuer", "main"),
        text(said, "subject"),
        texts(said, "permissions"),
        texts(said, "groups"),
        new Claims(object(json(claims)), Map.of("account", ClaimPath.parse("/org/id"))));
  }

  /** Numbers as a token's reader gives them. */
  private static Object json(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> all = new LinkedHashMap<>();
        map.forEach((key, member) -> all.put((String) key, json(member)));
        yield all;
      }
      case List<?> list -> list.stream().map(DecisionFile::json).toList();
      case Integer number -> new BigDecimal(number);
      default -> value;
    };
  }

  private static Set<String> texts(Map<String, Object> from, String name) {
    List<?> list = (List<?>) from.getOrDefault(name, List.of());
    return Set.copyOf(list.stream().map(item -> (String) item).toList());
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  static Object get(Map<String, Object> from, String name) {
    return Objects.requireNonNull(from.get(name), () -> name + " of " + from);
  }

  static String text(Map<String, Object> from, String name) {
    return (String) get(from, name);
  }

  static @Nullable Object maybe(Map<String, Object> from, String name) {
    return from.get(name);
  }
}
