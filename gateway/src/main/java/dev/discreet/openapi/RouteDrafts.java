package dev.discreet.openapi;

import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The routes that a document's operations make, and what can't be made into one. */
public final class RouteDrafts {
  private final SecurityReader security;
  private final ListAnswers lists;
  private final Map<String, RouteDraft> routes = new LinkedHashMap<>();
  private final List<Finding> left = new ArrayList<>();
  private final Set<String> parents = new HashSet<>();
  private final Set<String> posts = new HashSet<>();
  private final Set<String> inexpressible = new LinkedHashSet<>();
  private int operations;

  private RouteDrafts(OpenApi document) {
    this.security = new SecurityReader(document.root());
    this.lists = new ListAnswers(document.references());
    left.addAll(document.unread());
  }

  /**
   * Makes routes.
   *
   * @throws BadDocumentException if a reference that is needed leads back to itself
   */
  public static RouteDrafts of(OpenApi document) throws BadDocumentException {
    RouteDrafts drafts = new RouteDrafts(document);
    for (Operation operation : document.operations()) {
      drafts.parents.add(parent(operation.path()));
      if (operation.method().equals("POST")) {
        drafts.posts.add(operation.path());
      }
    }
    for (Operation operation : document.operations()) {
      drafts.add(operation);
    }
    drafts.warnOfNeighbours();
    return drafts;
  }

  /** {@return the path of the list that the path is an item of, or empty} */
  private static String parent(String path) {
    return path.matches(".*/\\{[^{}/]+}") ? path.substring(0, path.lastIndexOf('/')) : "";
  }

  private void add(Operation operation) throws BadDocumentException {
    operations++;
    if (operation.method().equals("TRACE")) {
      leave(operation, "TRACE is always answered with 405");
      return;
    }
    PathTemplate template;
    try {
      template = Templates.of(operation.path());
    } catch (IllegalArgumentException e) {
      leave(operation, String.valueOf(e.getMessage()));
      inexpressible.add(operation.path());
      return;
    }
    RouteDraft route =
        routes.computeIfAbsent(Templates.shape(template), shape -> new RouteDraft(template));
    add(operation, template, route);
  }

  private void add(Operation operation, PathTemplate template, RouteDraft route)
      throws BadDocumentException {
    boolean list = isList(operation, route);
    Asked asked =
        security.read(operation, Names.permission(operation.path(), operation.method(), list));
    if (!template.text().equals(route.path().text())) {
      route
          .notes()
          .add(
              operation
                  + " matches the same requests (line "
                  + operation.line()
                  + "), and stands here");
    }
    Asked first = route.methods().putIfAbsent(operation.method(), asked);
    if (first != null && !first.requirement().equals(asked.requirement())) {
      route.notes().add(operation + " asks for something else (line " + operation.line() + ")");
    }
  }

  private boolean isList(Operation operation, RouteDraft route) throws BadDocumentException {
    boolean literal = route.path().segments().getLast() instanceof Segment.Literal;
    boolean hasItems = parents.contains(operation.path());
    if (operation.method().equals("GET") && literal) {
      boolean grows = hasItems || posts.contains(operation.path());
      String empty = grows ? lists.empty(operation) : null;
      if (empty != null) {
        route.collection(empty);
      }
      return empty != null;
    }
    return literal && hasItems;
  }

  private void leave(Operation operation, String why) {
    left.add(new Finding(operation.line(), operation + ": " + why));
  }

  /** What has no route of its own may all the same be matched by another. */
  private void warnOfNeighbours() {
    Map<String, List<String>> samples = new LinkedHashMap<>();
    inexpressible.forEach(path -> samples.put(path, Templates.sample(path)));
    for (RouteDraft route : routes.values()) {
      samples.forEach(
          (path, sample) -> {
            if (matches(route.path(), sample)) {
              route.notes().add("matches " + path + " too, which has no route");
            }
          });
    }
  }

  private static boolean matches(PathTemplate template, List<String> sample) {
    List<Segment> segments = template.segments();
    if (sample.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < sample.size(); i++) {
      if (segments.get(i) instanceof Segment.Literal(String text) && !text.equals(sample.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** {@return the routes, in the order of the document} */
  List<RouteDraft> routes() {
    return List.copyOf(routes.values());
  }

  /** {@return what has no route, and why} */
  List<Finding> left() {
    return left;
  }

  /** {@return how many operations have no route} */
  public int leftCount() {
    return left.size();
  }

  /** {@return how many operations the document has} */
  public int operationCount() {
    return operations;
  }

  /** {@return how many routes they make} */
  public int routeCount() {
    return routes.size();
  }

  /** {@return how many permissions were made up, for want of scopes} */
  public long derivedCount() {
    return routes.values().stream()
        .flatMap(route -> route.methods().values().stream())
        .filter(Asked::derived)
        .count();
  }
}
