package dev.discreet.upstream;

import dev.discreet.config.LogConfig;
import dev.discreet.config.UpstreamConfig;
import dev.discreet.config.UpstreamConfig.StatusRange;
import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.AuthenticationEvent;
import dev.discreet.policy.Authorizer;
import dev.discreet.policy.Caller;
import dev.discreet.policy.Claims;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Grants;
import dev.discreet.policy.HeaderChanges;
import dev.discreet.policy.KnownTo;
import dev.discreet.policy.OnUnknown;
import dev.discreet.policy.PathTemplate;
import dev.discreet.policy.PathTemplate.Segment;
import dev.discreet.policy.Requirement;
import dev.discreet.policy.Route;
import dev.discreet.policy.RouteTable;
import dev.discreet.policy.Shield;
import dev.discreet.policy.StepUp;
import dev.discreet.policy.Verdict;
import dev.discreet.telemetry.Telemetry;
import dev.discreet.wire.DecoderLimits;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The package under test on two event loops, with one upstream called {@code api}. */
final class Fixture implements AutoCloseable {
  final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  final EventLoop loop = loops.next();
  final EventLoop otherLoop = loops.next();
  final Upstreams upstreams;
  private final Telemetry telemetry = telemetry();

  /** What a test may set. */
  record Settings(
      Duration response,
      Duration idle,
      int perHost,
      int pending,
      int maxConcurrent,
      Duration presentFor) {
    static Settings usual() {
      return new Settings(
          Duration.ofSeconds(10), Duration.ofSeconds(10), 8, 8, 64, Duration.ofSeconds(10));
    }

    Settings response(Duration value) {
      return new Settings(value, idle, perHost, pending, maxConcurrent, presentFor);
    }

    Settings idle(Duration value) {
      return new Settings(response, value, perHost, pending, maxConcurrent, presentFor);
    }

    Settings connections(int most, int waiting) {
      return new Settings(response, idle, most, waiting, maxConcurrent, presentFor);
    }

    Settings presentFor(Duration value) {
      return new Settings(response, idle, perHost, pending, maxConcurrent, value);
    }

    Settings maxConcurrent(int value) {
      return new Settings(response, idle, perHost, pending, value, presentFor);
    }
  }

  Fixture(RawUpstream upstream, Settings settings) {
    this(config(upstream.port(), settings));
  }

  Fixture(UpstreamConfig config) {
    this(config, NioSocketChannel::new);
  }

  Fixture(UpstreamConfig config, AddressResolverGroup<InetSocketAddress> resolver) {
    this(config, resolver, NioSocketChannel::new);
  }

  Fixture(UpstreamConfig config, ChannelFactory<?> channels) {
    this(
        config,
        new DnsAddressResolverGroup(
            NioDatagramChannel.class, DnsServerAddressStreamProviders.platformDefault()),
        channels);
  }

  private Fixture(
      UpstreamConfig config,
      AddressResolverGroup<InetSocketAddress> resolver,
      ChannelFactory<?> channels) {
    upstreams =
        new Upstreams(
            Map.of("api", config),
            new DecoderLimits(32 << 10, 100, 0),
            channels,
            resolver,
            loops,
            telemetry);
  }

  private static Telemetry telemetry() {
    return Telemetry.create(
        new LogConfig(LogConfig.Level.INFO, false, true),
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8));
  }

  /** {@return an address to which nobody connects} */
  static Endpoint endpoint() {
    UpstreamConfig config = config(1, Settings.usual());
    try (Telemetry counted = telemetry()) {
      return new Endpoint(
          config,
          new Destination(
              config.addresses().getFirst(),
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
          new Connector(
              config, new DecoderLimits(1024, 10, 0), NioSocketChannel::new, counted.upstreams()));
    }
  }

  /** {@return the usual configuration, but for its addresses and its health} */
  static UpstreamConfig config(
      List<UpstreamConfig.Address> addresses, UpstreamConfig.Health health) {
    UpstreamConfig usual = config(0, Settings.usual());
    return new UpstreamConfig(
        usual.name(),
        addresses,
        usual.basePath(),
        usual.http2(),
        usual.tls(),
        usual.rewriteHost(),
        usual.timeouts(),
        usual.connections(),
        usual.retries(),
        health,
        usual.probe(),
        null);
  }

  static UpstreamConfig.Address address(RawUpstream upstream) {
    return new UpstreamConfig.Address("127.0.0.1", upstream.port(), "127.0.0.1:" + upstream.port());
  }

  /** {@return the value of a time series, 0 where there is none} */
  double metric(String series) {
    return telemetry
        .scrape()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .sum();
  }

  static UpstreamConfig config(int port, Settings settings) {
    return new UpstreamConfig(
        "api",
        List.of(new UpstreamConfig.Address("127.0.0.1", port, "api.test:" + port)),
        "",
        false,
        null,
        false,
        new UpstreamConfig.Timeouts(Duration.ofSeconds(5), settings.response(), settings.idle()),
        new UpstreamConfig.Connections(
            settings.perHost(), Duration.ofSeconds(60), settings.pending()),
        1,
        new UpstreamConfig.Health(5, Duration.ofSeconds(10), null),
        new UpstreamConfig.Probe(
            "HEAD",
            Map.of("authorization", "Bearer probe"),
            null,
            Duration.ofSeconds(2),
            List.of(new StatusRange(200, 299)),
            List.of(new StatusRange(404, 404)),
            settings.maxConcurrent(),
            OnUnknown.CONCEAL,
            settings.presentFor(),
            Duration.ofSeconds(2),
            1000),
        null);
  }

  static Route route(int strip, Requirement get) {
    PathTemplate all = new PathTemplate("/**", List.<Segment>of(Segment.Rest.REST));
    return new Route(
        "routes.yaml:1",
        "all",
        null,
        all,
        all,
        Map.of("GET", get, "DELETE", Requirement.Public.PUBLIC),
        null,
        KnownTo.AnyAuthenticated.ANY_AUTHENTICATED,
        StepUp.NONE,
        OnUnknown.CONCEAL,
        null,
        false,
        new Route.Forwarding("api", strip, 0, null, HeaderChanges.NONE, Shield.NONE));
  }

  private static Verdict verdict(Route route, String method, Caller caller, String path) {
    return new Authorizer(new RouteTable(List.of(route)), new Grants(List.of(), Set.of("main")))
        .authorize(
            new AccessRequest(
                method,
                "",
                Arrays.asList(path.substring(1).split("/", -1)),
                InetAddress.getLoopbackAddress(),
                Instant.EPOCH),
            caller);
  }

  static Decision.Forward permit(int strip, String path) {
    Verdict verdict =
        verdict(route(strip, Requirement.Public.PUBLIC), "GET", Caller.Anonymous.ANONYMOUS, path);
    return (Decision.Forward) ((Verdict.Settled) verdict).decision();
  }

  static Verdict.AskExistence question(String path) {
    Caller caller =
        new Caller.Authenticated(
            "main",
            "u",
            Set.of(),
            Set.of(),
            new Claims(Map.of(), Map.of()),
            AuthenticationEvent.UNKNOWN);
    Requirement needed = new Requirement.AllOf(List.of("docs:read"));
    return (Verdict.AskExistence) verdict(route(0, needed), "GET", caller, path);
  }

  /** Forwards a request; {@code fields} are names and values in turn. */
  ForwardedExchange forward(
      EventLoop on, RecordingSink sink, String method, boolean hasBody, String... fields)
      throws Exception {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.add("host", "api.test");
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    UpstreamRequest head =
        new UpstreamRequest(
            HttpMethod.valueOf(method),
            "/docs/1",
            headers,
            false,
            null,
            name -> name.startsWith("x-gone"));
    Callable<ForwardedExchange> forwarding =
        () -> {
          ForwardedExchange exchange =
              upstreams.forwarder().forward(permit(0, "/docs/1"), head, hasBody, on, sink);
          exchange.start();
          return exchange;
        };
    return on.inEventLoop() ? forwarding.call() : on.submit(forwarding).get(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    upstreams.close();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    telemetry.close();
  }
}
