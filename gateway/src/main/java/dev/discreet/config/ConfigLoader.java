package dev.discreet.config;

import dev.discreet.config.YamlFiles.Document;
import dev.discreet.policy.Grants;
import dev.discreet.policy.RouteTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From a folder to a configuration (SPEC §4): files, then keys, then what holds between them. No
 * step stops at its first problem, nor keeps a later one from finding its own.
 */
public final class ConfigLoader {
  /** The most octets that a file may have. */
  public static final int MOST_OCTETS = YamlFiles.MAX_OCTETS;

  private static final Key<List<Node>> ROUTES =
      Key.of(
          "routes",
          Types.items(new Shape.Mapping(RouteReader.KEYS)),
          "[]",
          "Which request asks for which permission, on what.");
  private static final Key<List<Node.Member>> ROLES =
      Key.of(
          "roles",
          Types.members(Shape.names(RoleResolver.SHAPE)),
          "{}",
          "Named sets of permissions: a list, or {includes: [roles], permissions: [permissions]}.");
  private static final Key<List<Node>> GRANTS =
      Key.of(
          "grants",
          Types.items(new Shape.Mapping(GrantReader.KEYS)),
          "[]",
          "Who holds which permissions, on what.");
  private static final Keys ANYWHERE = Keys.of(ROUTES, ROLES, GRANTS);

  /** All keys at the top of a file. */
  static final Keys GATEWAY = ANYWHERE.and(GatewayReader.KEYS);

  private static final Keys ELSEWHERE =
      ANYWHERE
          .refuse(GatewayReader.KEYS.names(), "stands in gateway.yaml only; move it there")
          .refuse(GatewayReader.KEYS.refused().keySet(), "is not supported by this version");

  private final Source source;
  private final Problems problems = new Problems();
  private final List<Section> sections = new ArrayList<>();
  private final @Nullable GatewayConfig running;
  private @Nullable Section gateway;
  private boolean everyFileRead;

  /**
   * What was read.
   *
   * @param files what was read, or looked for, beside the YAML of the folder
   */
  record Reading(LoadResult result, Set<Path> files) {}

  private ConfigLoader(
      Path folder,
      Map<String, String> environment,
      Predicate<String> isKeySet,
      @Nullable GatewayConfig running) {
    source = new Source(folder, new Interpolation(environment), isKeySet, problems);
    this.running = running;
  }

  /**
   * Reads a folder. It blocks on files; what is wrong with them is in the result, never thrown.
   *
   * @param folder the one with {@code gateway.yaml}
   * @param environment what <code>${NAME}</code> reads
   * @param isKeySet whether the text of a file is a key set
   */
  public static LoadResult load(
      Path folder, Map<String, String> environment, Predicate<String> isKeySet) {
    return read(folder, environment, isKeySet, null).result();
  }

  /**
   * Reads a folder.
   *
   * @param running what is in force: a change to what needs a restart is an error; or null
   */
  static Reading read(
      Path folder,
      Map<String, String> environment,
      Predicate<String> isKeySet,
      @Nullable GatewayConfig running) {
    ConfigLoader loader = new ConfigLoader(folder, environment, isKeySet, running);
    LoadResult result = loader.load();
    return new Reading(result, Set.copyOf(loader.source.files()));
  }

  private LoadResult load() {
    List<Document> documents = YamlFiles.read(source.folder(), problems);
    everyFileRead = !problems.hasErrors();
    for (Document document : documents) {
      boolean main = document.file().equals(YamlFiles.GATEWAY);
      Section section =
          Section.of(
              new Node(document.root(), "", source.of(document.text())),
              main ? GATEWAY : ELSEWHERE);
      sections.add(section);
      gateway = main ? section : gateway;
    }
    GatewayConfig config = config(gateway == null ? Section.EMPTY : gateway);
    return config == null
        ? new LoadResult.Broken(problems.errors())
        : new LoadResult.Loaded(config, problems.sorted());
  }

  private @Nullable GatewayConfig config(Section main) {
    Map<String, IssuerConfig> issuers = GatewayReader.issuers(main);
    Map<String, UpstreamConfig> upstreams = GatewayReader.upstreams(main);
    List<ReadRoute> routes = routes(main, upstreams);
    RoleResolver roles = roles();
    GrantReader reader =
        new GrantReader(
            roles,
            new IssuerNames(names(GatewayReader.ISSUERS)),
            new ConditionReader(
                templateNames(routes),
                new ComparedValues(names(GatewayReader.ISSUERS), methods(routes))));
    List<ReadGrant> grants = read(GRANTS, reader::read);
    ListenAddress admin = ListenReader.admin(main, source);
    ListenReader.requireOwnAdmin(main, admin);
    ListenReader.requireProxies(main);
    if (running != null && gateway != null) {
      RestartKeys.requireUnchanged(main, admin, running, source);
    }
    RouteChecks.check(routes, names(GatewayReader.ISSUERS));
    if (gateway != null && !GatewayReader.paths(main).semicolon()) {
      SemicolonChecks.check(routes, grants);
    }
    // What is left out for an error would make the warnings wrong; they wait until there is none.
    if (problems.hasErrors()) {
      return null;
    }
    List<Located<String>> written = new ArrayList<>(roles.written());
    written.addAll(reader.written());
    PermissionWarnings.check(routes, grants, written);
    KnownToWarnings.check(routes, grants);
    KnownToWarnings.checkForwarded(routes, main.get(ForwardReader.KEY));
    LiteralWarnings.check(routes);
    GrantWarnings.check(routes, grants);
    ListenReader.warnOfDefaultListener(main, source);
    BindingWarnings.check(main, issuers);
    GatewayReader.warnOfTrustInAll(main);
    return assemble(main, admin, issuers, upstreams, routes, grants);
  }

  private static GatewayConfig assemble(
      Section main,
      ListenAddress admin,
      Map<String, IssuerConfig> issuers,
      Map<String, UpstreamConfig> upstreams,
      List<ReadRoute> routes,
      List<ReadGrant> grants) {
    return new GatewayConfig(
        main.get(ListenReader.LISTEN),
        admin,
        main.get(GatewayReader.REALM),
        main.find(ResourceMetadataReader.KEY),
        main.find(SignInReader.KEY),
        issuers,
        main.get(TokenSourceReader.KEY),
        upstreams,
        main.get(ForwardReader.KEY),
        main.find(CorsReader.KEY),
        main.get(GatewayReader.TRUSTED_PROXIES),
        main.get(GatewayReader.TRANSPORT),
        GatewayReader.paths(main),
        main.get(GuardReader.KEY),
        main.get(LimitsReader.LIMITS),
        main.get(LimitsReader.TIMEOUTS),
        main.get(GatewayReader.STREAMS).get(GatewayReader.OUTLIVE_TOKEN),
        GatewayReader.log(main),
        new RouteTable(routes.stream().map(ReadRoute::route).toList()),
        new Grants(grants.stream().map(ReadGrant::grant).toList(), issuers.keySet()));
  }

  private List<ReadRoute> routes(Section main, Map<String, UpstreamConfig> upstreams) {
    RouteReader.Inherited inherited =
        new RouteReader.Inherited(
            names(GatewayReader.UPSTREAMS),
            upstreams,
            main.get(LimitsReader.LIMITS).body(),
            main.find(RequestAccessReader.KEY),
            main.get(HeadersReader.OF_GATEWAY),
            main.get(ModeReader.KEY),
            main.find(ShieldReader.OF_GATEWAY));
    return read(ROUTES, new RouteReader(inherited)::read);
  }

  private RoleResolver roles() {
    RoleResolver roles = new RoleResolver(everyFileRead);
    sections.forEach(section -> roles.define(section.get(ROLES)));
    roles.check();
    return roles;
  }

  private <T> List<T> read(Key<List<Node>> key, Type.Reader<T> type) {
    List<T> all = new ArrayList<>();
    for (Section section : sections) {
      for (Node node : section.get(key)) {
        T value = type.read(node);
        if (value != null) {
          all.add(value);
        }
      }
    }
    return all;
  }

  /** The variables of all routes; null where one could not be read. */
  private @Nullable Set<String> templateNames(List<ReadRoute> routes) {
    int written = sections.stream().mapToInt(section -> section.get(ROUTES).size()).sum();
    return everyFileRead && written == routes.size()
        ? routes.stream()
            .flatMap(route -> TemplateParser.names(route.route().path()))
            .collect(Collectors.toSet())
        : null;
  }

  private static Set<String> methods(List<ReadRoute> routes) {
    return routes.stream()
        .flatMap(route -> route.route().methods().keySet().stream())
        .collect(Collectors.toSet());
  }

  /** What is defined, valid or not; null where gateway.yaml could not be read. */
  private @Nullable Set<String> names(Key<List<Node.Member>> key) {
    return gateway == null
        ? null
        : gateway.get(key).stream().map(Node.Member::name).collect(Collectors.toSet());
  }
}
