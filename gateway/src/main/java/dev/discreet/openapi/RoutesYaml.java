package dev.discreet.openapi;

import dev.discreet.config.ConfigLoader;
import dev.discreet.policy.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes routes as a file of the configuration. */
public final class RoutesYaml {
  private final StringBuilder yaml = new StringBuilder();
  private final String upstream;

  private RoutesYaml(String upstream) {
    this.upstream = upstream;
  }

  /**
   * {@return the file}
   *
   * @param upstream the name of the upstream that serves the routes
   * @throws BadDocumentException if it would be larger than a file of the configuration may be
   */
  public static String of(OpenApi document, RouteDrafts drafts, String upstream)
      throws BadDocumentException {
    RoutesYaml file = new RoutesYaml(upstream);
    file.head(document, drafts);
    if (drafts.routes().isEmpty()) {
      file.line("routes: []");
    } else {
      file.line("routes:");
      drafts.routes().forEach(file::route);
    }
    String yaml = file.yaml.toString();
    if (yaml.getBytes(StandardCharsets.UTF_8).length > ConfigLoader.MOST_OCTETS) {
      throw new BadDocumentException(
          "makes %d routes, more than a file of the configuration may hold; split it by its paths"
              .formatted(drafts.routeCount()));
    }
    return yaml;
  }

  private void head(OpenApi document, RouteDrafts drafts) {
    line("# Made from " + YamlText.comment(String.valueOf(document.file().getFileName())) + ".");
    line("# What is called derived was made up from path and method: decide what is to be asked.");
    if (document.serversDiffer()) {
      line("# The document's servers have different paths: that of the first is before each path.");
    }
    if (!drafts.left().isEmpty()) {
      line("#");
      line("# Without a route, so nobody reaches it unless another route matches:");
      drafts
          .left()
          .forEach(
              left ->
                  line(
                      "# - line "
                          + left.at()
                          + ": "
                          + YamlText.comment(left.what() + ": " + left.why())));
    }
  }

  private void route(RouteDraft route) {
    route.notes().forEach(note -> line("  # " + YamlText.comment(note)));
    line("  - path: " + YamlText.value(route.path().text()));
    line("    upstream: " + YamlText.value(upstream));
    String empty = route.empty();
    if (empty != null) {
      line(
          "    collection: "
              + (empty.equals("[]") ? "true" : "{empty: " + YamlText.quoted(empty) + "}")
              + " # what who may not list gets");
    }
    line("    methods:");
    for (Map.Entry<String, Asked> method : route.methods().entrySet()) {
      String note = method.getValue().note();
      line(
          "      "
              + method.getKey()
              + ": "
              + asked(method.getValue().requirement())
              + (note == null ? "" : " # " + YamlText.comment(note)));
    }
  }

  private static String asked(Requirement requirement) {
    return switch (requirement) {
      case Requirement.Public _ -> "public";
      case Requirement.Authenticated _ -> "authenticated";
      case Requirement.AllOf(List<String> all) when all.size() == 1 ->
          YamlText.flow(all.getFirst());
      case Requirement.AllOf(List<String> all) -> YamlText.flow(all);
      case Requirement.AnyOf(List<String> any) -> "{anyOf: " + YamlText.flow(any) + "}";
    };
  }

  private void line(String text) {
    yaml.append(text).append('\n');
  }
}
