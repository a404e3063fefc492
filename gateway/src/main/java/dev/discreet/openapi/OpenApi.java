package dev.discreet.openapi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An OpenAPI document, 3.0 or 3.1. */
public final class OpenApi {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

  private final Path file;
  private final Tree.Members root;
  private final References references;
  private final List<Operation> operations = new ArrayList<>();
  private final List<Finding> unread = new ArrayList<>();

  private OpenApi(Path file, Tree.Members root) {
    this.file = file;
    this.root = root;
    this.references = new References(root);
  }

  /**
   * Reads a document. It blocks on the file.
   *
   * @throws BadDocumentException if it is none that can be imported
   */
  public static OpenApi read(Path file) throws BadDocumentException {
    if (!(TreeReader.read(file) instanceof Tree.Members root)) {
      throw new BadDocumentException(
          "is not an OpenAPI document: it is no object with openapi: 3.1.0 or the like in it");
    }
    requireVersion(root);
    OpenApi document = new OpenApi(file, root);
    document.collect();
    if (document.operations.isEmpty() && !document.unread.isEmpty()) {
      throw document.unread.getFirst().asError();
    }
    return document;
  }

  private static void requireVersion(Tree.Members root) throws BadDocumentException {
    String version = root.text("openapi");
    if (!root.text("swagger").isEmpty()) {
      throw new BadDocumentException(
          "is Swagger " + root.text("swagger") + "; convert it to OpenAPI 3 first");
    }
    if (version.isEmpty()) {
      throw new BadDocumentException(
          "is not an OpenAPI document: it has no openapi: 3.1.0 or the like at its top");
    }
    if (!version.matches("3\\.[01](\\..*)?")) {
      throw new BadDocumentException("is OpenAPI " + version + "; 3.0 and 3.1 are read");
    }
    if (!(root.get("paths") instanceof Tree.Members)) {
      throw new BadDocumentException("has no paths, so there is nothing to route");
    }
  }

  private void collect() throws BadDocumentException {
    if (!(root.get("paths") instanceof Tree.Members paths)) {
      return;
    }
    for (Map.Entry<String, Tree> entry : paths.members().entrySet()) {
      if (entry.getKey().startsWith("x-")) {
        continue;
      }
      if (!entry.getKey().startsWith("/")) {
        unread.add(new Finding(entry.getValue().at(), entry.getKey(), "must begin with /"));
        continue;
      }
      PathItem item = PathItem.of(entry.getValue(), references);
      if (item == null) {
        unread(prefix(List.of(root)) + entry.getKey(), entry.getValue());
        continue;
      }
      if (item.twice().contains("servers")) {
        unread.add(
            new Finding(
                entry.getValue().at(),
                entry.getKey(),
                "has servers: the list " + PathItem.UNDEFINED));
        continue;
      }
      collect(entry.getKey(), item);
    }
  }

  private void collect(String path, PathItem merged) throws BadDocumentException {
    Tree.Members item = merged.members();
    for (Map.Entry<String, Tree> member : item.members().entrySet()) {
      if (!METHODS.contains(member.getKey())) {
        continue;
      }
      String method = member.getKey().toUpperCase(Locale.ROOT);
      if (merged.twice().contains(member.getKey())) {
        String what = method + " " + prefix(List.of(item, root)) + path;
        unread.add(new Finding(member.getValue().at(), what, PathItem.UNDEFINED));
        continue;
      }
      Tree.Members definition = references.resolve(member.getValue());
      if (definition == null) {
        unread(method + " " + prefix(List.of(item, root)) + path, member.getValue());
        continue;
      }
      String prefix = prefix(List.of(definition, item, root));
      operations.add(new Operation(member.getValue().at(), method, prefix + path, definition));
    }
  }

  private void unread(String what, Tree definition) {
    unread.add(new Finding(definition.at(), what, references.unresolved(definition)));
  }

  /** {@return the path of the first server that holds here; the nearest list of them counts} */
  private static String prefix(List<Tree.Members> nearestFirst) {
    for (Tree.Members from : nearestFirst) {
      List<Tree> servers = from.items("servers");
      if (!servers.isEmpty()) {
        return servers.getFirst() instanceof Tree.Members server ? pathOf(url(server)) : "";
      }
    }
    return "";
  }

  private static String url(Tree.Members server) {
    Tree.Members variables =
        server.get("variables") instanceof Tree.Members members ? members : Tree.Members.NONE;
    Matcher variable = VARIABLE.matcher(server.text("url"));
    return variable.replaceAll(
        found ->
            Matcher.quoteReplacement(
                variables.get(found.group(1)) instanceof Tree.Members one
                    ? one.text("default")
                    : found.group()));
  }

  private static String pathOf(String url) {
    String path = url.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*:", "").replaceFirst("^//[^/?#]*", "");
    String plain = path.replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
    return plain.isEmpty() || plain.startsWith("/") ? plain : "/" + plain;
  }

  /** {@return what could not be read} */
  List<Finding> unread() {
    return unread;
  }

  List<Operation> operations() {
    return operations;
  }

  References references() {
    return references;
  }

  Path file() {
    return file;
  }

  Tree.Members root() {
    return root;
  }

  /** {@return the URL of the first server as the document has it, or null} */
  @Nullable String server() {
    return root.items("servers").stream()
        .filter(Tree.Members.class::isInstance)
        .map(server -> url((Tree.Members) server))
        .filter(url -> !url.isEmpty())
        .findFirst()
        .orElse(null);
  }

  /** {@return whether its servers have paths that differ} */
  boolean serversDiffer() {
    return root.items("servers").stream()
            .filter(Tree.Members.class::isInstance)
            .map(server -> pathOf(url((Tree.Members) server)))
            .distinct()
            .count()
        > 1;
  }
}
