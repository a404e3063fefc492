package dev.discreet.config;

import dev.discreet.policy.HeaderChanges;
import dev.discreet.policy.KnownTo;
import dev.discreet.policy.OnUnknown;
import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.RequestAccess;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.Route;
import dev.discreet.policy.Shield;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code routes[]}. */
final class RouteReader {
  private static final Type<PathTemplate> TEMPLATE =
      Types.parsed(TemplateParser.PATTERN, TemplateParser::parse);

  private static final Key<PathTemplate> PATH =
      Key.required(
          "path",
          TEMPLATE,
          "Literal segments, {name} for one segment, ** as the last for what is left.");
  private static final Key<String> HOST =
      Key.optional(
          "host",
          Types.parsed("(?:\\*\\.)?[A-Za-z0-9._-]+", Addresses::hostPattern),
          "A host name or *.example.com, without a port; absent, any host.");
  private static final Key<Located<String>> UPSTREAM =
      Key.required("upstream", Types.located(Types.TEXT), "A name under upstreams.");
  private static final Key<Map<String, Located<Requirement>>> METHODS =
      new Key<>(
          "methods",
          MethodsReader.METHODS,
          true,
          Map.of(),
          null,
          "What each method asks: a permission, a list of them (all), {anyOf: list}, public or"
              + " authenticated.");
  private static final Key<PathTemplate> RESOURCE =
      Key.optional(
          "resource",
          TEMPLATE,
          "What is decided upon and probed, over the names of path; absent, the path.");
  private static final Key<String> EMPTY =
      Key.required("empty", Types.TEXT, "The body of its empty list.");
  private static final Keys COLLECTION_KEYS = Keys.of(EMPTY);
  private static final Key<Collection> COLLECTION =
      Key.of(
          "collection",
          new Type<>(
              Shape.anyOf(Shape.FLAG, new Shape.Mapping(COLLECTION_KEYS)), RouteReader::collection),
          "false",
          "Whether who may not list gets an empty list: true for [], or {empty: text}.");
  private static final Key<KnownTo> KNOWN_TO =
      new Key<>(
          "knownTo",
          MethodsReader.KNOWN_TO,
          false,
          KnownTo.WhoMayCall.WHO_MAY_CALL,
          null,
          "Who may know of the resource: authenticated, nobody, upstream (it is asked as the"
              + " caller), a permission, a list of them (all) or {anyOf: list}; absent, who may call a method of this route on it.");
  private static final Key<List<String>> STRIP_PREFIX =
      new Key<>(
          "stripPrefix",
          Types.parsed("(?:/[^/{}?#]+)+", PathText::segments),
          false,
          List.of(),
          null,
          "Leading literal segments of path that are not sent upstream, nor in a probe.");
  private static final Key<String> NAME =
      Key.optional("name", Types.TEXT, "What the log calls the route; absent, the path.");
  private static final Key<Long> BODY =
      Key.optional(
          LimitsReader.BODY.name(),
          LimitsReader.BODY.type(),
          "Size of a forwarded request's body; 0 is no limit, absent the gateway's holds.");
  private static final Key<Section> LIMITS =
      Key.section("limits", Keys.of(BODY), "Of this route, in place of the gateway's.");
  private static final Key<Duration> RESPONSE =
      Key.optional("response", Types.DURATION, "Time to the head; absent, the upstream's.");
  private static final Key<Section> TIMEOUTS =
      Key.section("timeouts", Keys.of(RESPONSE), "Of this route, in place of the upstream's.");

  static final Keys KEYS =
      Keys.of(
          PATH,
          HOST,
          UPSTREAM,
          METHODS,
          RESOURCE,
          COLLECTION,
          KNOWN_TO,
          StepUpReader.ACR,
          StepUpReader.MAX_AGE,
          STRIP_PREFIX,
          RequestAccessReader.KEY,
          HeadersReader.OF_ROUTE,
          ModeReader.OF_ROUTE,
          LIMITS,
          TIMEOUTS,
          ShieldReader.OF_ROUTE,
          NAME);

  /** A list or not: the body of its empty list, or null. */
  private record Collection(@Nullable String empty) {}

  /**
   * What routes refer to and inherit.
   *
   * @param upstreamNames what is defined, or null where that could not be read
   * @param upstreams those that are valid
   * @param bodyLimit the gateway's
   * @param requestAccess the gateway's
   * @param headers the gateway's
   * @param observes whether the gateway as a whole observes
   * @param shield the gateway's, or null
   */
  record Inherited(
      @Nullable Set<String> upstreamNames,
      Map<String, UpstreamConfig> upstreams,
      long bodyLimit,
      @Nullable RequestAccess requestAccess,
      HeaderChanges headers,
      boolean observes,
      @Nullable Shield shield) {}

  private final Inherited inherited;

  RouteReader(Inherited inherited) {
    this.inherited = inherited;
  }

  /** {@return the route as far as it could be read, or null if its path could not} */
  @Nullable ReadRoute read(Node node) {
    Section s = Section.of(node, KEYS);
    PathTemplate path = s.find(PATH);
    Node pathNode = s.node(PATH);
    Located<String> upstream = s.find(UPSTREAM);
    if (upstream != null) {
      requireUpstream(upstream);
    }
    if (path == null || pathNode == null) {
      return null;
    }
    PathTemplate resource = Objects.requireNonNullElse(s.find(RESOURCE), path);
    requireVariables(path, resource, s.node(RESOURCE));
    Map<String, Located<Requirement>> methods = s.get(METHODS);
    RequestAccess own = s.find(RequestAccessReader.KEY);
    String name = s.find(NAME);
    String upstreamName = upstream == null ? "" : upstream.value();
    Route route =
        new Route(
            node.value().place().ofLine(),
            name == null ? path.text() : name,
            s.find(HOST),
            path,
            resource,
            MethodsReader.requirements(methods),
            s.get(COLLECTION).empty(),
            s.get(KNOWN_TO),
            StepUpReader.read(s, methods),
            onUnknown(upstreamName),
            own == null ? inherited.requestAccess() : own,
            Objects.requireNonNullElse(s.find(ModeReader.OF_ROUTE), inherited.observes()),
            new Route.Forwarding(
                upstreamName,
                stripped(path, resource, s.get(STRIP_PREFIX), s.node(STRIP_PREFIX)),
                Objects.requireNonNullElse(s.get(LIMITS).find(BODY), inherited.bodyLimit()),
                s.get(TIMEOUTS).find(RESPONSE),
                Objects.requireNonNullElse(s.find(HeadersReader.OF_ROUTE), inherited.headers()),
                shield(s, upstreamName)));
    warnOfShieldThatShieldsNobody(s, route);
    return new ReadRoute(
        route, pathNode, s.node(RESOURCE), methods, s.node(KNOWN_TO), s.node(NAME));
  }

  private void requireUpstream(Located<String> upstream) {
    Set<String> names = inherited.upstreamNames();
    if (names != null && !names.contains(upstream.value())) {
      upstream.at().errorNear("is not defined under upstreams", names);
    }
  }

  private OnUnknown onUnknown(String upstream) {
    UpstreamConfig config = inherited.upstreams().get(upstream);
    return config == null ? OnUnknown.CONCEAL : config.probe().onFailure();
  }

  /** Its own, else its upstream's, else the gateway's. */
  private Shield shield(Section s, String upstream) {
    Shield own = s.find(ShieldReader.OF_ROUTE);
    UpstreamConfig config = inherited.upstreams().get(upstream);
    Shield ofUpstream = own == null && config != null ? config.shield() : own;
    return Objects.requireNonNullElse(
        ofUpstream, Objects.requireNonNullElse(inherited.shield(), Shield.NONE));
  }

  private static void warnOfShieldThatShieldsNobody(Section s, Route route) {
    Shield own = s.find(ShieldReader.OF_ROUTE);
    Node at = s.node(ShieldReader.OF_ROUTE);
    boolean known =
        route.knownTo() instanceof KnownTo.WhoMayCall
            || route.knownTo() instanceof KnownTo.AnyAuthenticated;
    if (at != null
        && own != null
        && own.unlessKnown()
        && known
        && !route.methods().containsValue(Requirement.Public.PUBLIC)) {
      at.warn("shields nobody: whoever may call here may know; say who does in knownTo");
    }
  }

  private static void requireVariables(
      PathTemplate path, PathTemplate resource, @Nullable Node node) {
    if (node == null) {
      return;
    }
    Set<String> known = TemplateParser.variables(path);
    for (String name : TemplateParser.variables(resource)) {
      if (!known.contains(name)) {
        node.error("uses " + name + ", which the path " + path + " does not have");
      }
    }
  }

  private static int stripped(
      PathTemplate path, PathTemplate resource, List<String> prefix, @Nullable Node node) {
    if (node != null && !leads(prefix, path)) {
      node.error("must be leading, whole and literal segments of " + path + ", such as /api");
    } else if (node != null && !leads(prefix, resource)) {
      node.error("must lead the resource " + resource + " too, since a probe goes without it");
    }
    return prefix.size();
  }

  private static boolean leads(List<String> prefix, PathTemplate template) {
    List<Segment> segments = template.segments();
    return prefix.size() <= segments.size()
        && !prefix.contains("")
        && segments
            .subList(0, prefix.size())
            .equals(prefix.stream().map(Segment.Literal::new).toList());
  }

  private static @Nullable Collection collection(Node node) {
    if (node.isText()) {
      Boolean list = Types.BOOLEAN.read(node);
      return list == null ? null : new Collection(list ? "[]" : null);
    }
    return new Collection(Section.of(node, COLLECTION_KEYS).find(EMPTY));
  }
}
