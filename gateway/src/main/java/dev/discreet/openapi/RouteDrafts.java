package dev.discreet.openapi;

import dev.discreet.config.GatewayConfig.PathsConfig;
import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.TemplateTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The routes that a document's operations make, and what can't be made into one. */
public final class RouteDrafts {
  private static final String LEFT_OUT = "is left out";
  private static final PathsConfig BY_DEFAULT = new PathsConfig(false, false);

  private final SecurityReader security;
  private final ListAnswers lists;
  private final Map<String, RouteDraft> routes = new LinkedHashMap<>();
  private final List<Finding> left = new ArrayList<>();
  private final Set<String> parents = new HashSet<>();
  private final Set<String> posts = new HashSet<>();
  private final List<Operation> unrouted = new ArrayList<>();
  private final LeaveOut leaveOut;
  private int operations;

  private RouteDrafts(OpenApi document, LeaveOut leaveOut) {
    this.leaveOut = leaveOut;
    this.security = new SecurityReader(document.root());
    this.lists = new ListAnswers(document.references());
    for (Finding unread : document.unread()) {
      boolean meant = !leaveOut.naming(unread.what()).isEmpty();
      left.add(meant ? new Finding(unread.at(), unread.what(), LEFT_OUT) : unread);
    }
  }

  /**
   * Makes routes.
   *
   * @param leaveOut the operations that get none
   * @throws BadDocumentException if a reference that is needed leads back to itself
   */
  public static RouteDrafts of(OpenApi document, LeaveOut leaveOut) throws BadDocumentException {
    RouteDrafts drafts = new RouteDrafts(document, leaveOut);
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
    if (!leaveOut.naming(operation.toString()).isEmpty()) {
      leave(operation, LEFT_OUT);
      return;
    }
    if (operation.method().equals("TRACE")) {
      left.add(
          new Finding(operation.at(), operation.toString(), "TRACE is always answered with 405"));
      return;
    }
    PathTemplate template;
    try {
      template = Templates.of(operation.path());
    } catch (IllegalArgumentException e) {
      leave(operation, String.valueOf(e.getMessage()));
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
                  + operation.at()
                  + "), and stands here");
    }
    Asked first = route.methods().putIfAbsent(operation.method(), asked);
    if (first != null && !first.requirement().equals(asked.requirement())) {
      route.notes().add(operation + " asks for something else (line " + operation.at() + ")");
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
    left.add(new Finding(operation.at(), operation.toString(), why));
    unrouted.add(operation);
  }

  /** What has no route of its own may all the same be decided by another. */
  private void warnOfNeighbours() {
    TemplateTree<RouteDraft> tree = new TemplateTree<>();
    routes.values().forEach(route -> tree.add(route.path(), route));
    for (Operation operation : unrouted) {
      RouteDraft route =
          Templates.refusal(operation.path(), BY_DEFAULT) == null
              ? tree.find(Templates.sample(operation.path()))
              : null;
      if (route != null && operation.decidedBy(route.methods().keySet()) != null) {
        route.notes().add("decides on " + operation + " too, which has no route of its own");
      }
    }
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
