package dev.discreet.config;

import dev.discreet.config.UpstreamConfig.Connections;
import dev.discreet.config.UpstreamConfig.Timeouts;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code upstreams.NAME}. */
final class UpstreamReader {
  private static final int MOST = 1_000_000;

  private static final Key<Located<UpstreamUrl>> URL =
      Key.optional(
          "url",
          UpstreamUrl.TYPE,
          "http:// or https:// with host, and port and path as needed; the path is put before every"
              + " path.");
  private static final Key<List<Located<UpstreamUrl>>> URLS =
      Key.optional(
          "urls",
          Types.listOf(UpstreamUrl.TYPE),
          "Several of them, alike but for host and port; each request goes to where less is under"
              + " way.");
  private static final Key<Boolean> HOST =
      Key.of(
          "host",
          Types.choice(Map.of("preserve", false, "rewrite", true)),
          "preserve",
          "Whether host goes on as it came, or the upstream's own is sent.");

  private static final Key<Duration> CONNECT =
      Key.of("connect", Types.POSITIVE_DURATION, "5s", "Time to connect.");
  private static final Key<Duration> RESPONSE =
      Key.of("response", Types.DURATION, "15s", "Time to the head of the answer.");
  private static final Key<Duration> IDLE =
      Key.of("idle", Types.DURATION, "60s", "Time between two reads of the answer.");
  private static final Key<Boolean> PROTOCOL =
      Key.of(
          "protocol",
          Types.choice(Map.of("h1", false, "h2", true)),
          "h1",
          "HTTP/1.1, or HTTP/2: of http: by prior knowledge, of https: by ALPN.");
  private static final Key<Timeouts> TIMEOUTS =
      Key.section(
          "timeouts",
          Keys.of(CONNECT, RESPONSE, IDLE),
          t -> new Timeouts(t.get(CONNECT), t.get(RESPONSE), t.get(IDLE)),
          "How long this API may take.");

  private static final Key<Integer> PER_HOST =
      Key.of("perHost", Types.count(1, MOST), "256", "Connections at once.");
  private static final Key<Duration> UNUSED =
      Key.of("idle", Types.DURATION, "60s", "How long an unused connection is kept.");
  private static final Key<Integer> PENDING =
      Key.of(
          "pending",
          Types.count(0, MOST),
          "1024",
          "How many requests may wait for a connection; beyond that 503.");
  private static final Key<Connections> CONNECTIONS =
      Key.section(
          "connections",
          Keys.of(PER_HOST, UNUSED, PENDING),
          c -> new Connections(c.get(PER_HOST), c.get(UNUSED), c.get(PENDING)),
          "The pool of connections to it.");

  private static final Key<Integer> RETRIES =
      Key.of(
          "retries",
          Types.count(0, 10),
          "1",
          "How often an idempotent request without a body may be sent again before any answer.");
  private static final Key<UpstreamConfig.Probe> PROBE =
      Key.section(
          "probe",
          ProbeReader.KEYS,
          ProbeReader::read,
          "How the gateway asks whether a resource exists, only for a caller who may know.");

  static final Keys KEYS =
      Keys.of(
              URL,
              URLS,
              PROTOCOL,
              UpstreamTlsReader.TLS,
              HOST,
              TIMEOUTS,
              CONNECTIONS,
              RETRIES,
              HealthReader.KEY,
              PROBE,
              ShieldReader.OF_UPSTREAM)
          .exactlyOne(URL, URLS);

  private UpstreamReader() {}

  /** {@return the upstream, or null after a problem} */
  static @Nullable UpstreamConfig read(Node.Member member) {
    Section s = Section.of(member.value(), KEYS);
    List<Located<UpstreamUrl>> urls = urls(s);
    if (urls.isEmpty()) {
      return null;
    }
    boolean tls = urls.getFirst().value().tls();
    Node tlsNode = s.node(UpstreamTlsReader.TLS);
    if (!tls && tlsNode != null) {
      tlsNode.error("is of https: alone, and the URL is not");
    }
    return new UpstreamConfig(
        member.name(),
        urls.stream().map(url -> url.value().address()).toList(),
        urls.getFirst().value().basePath(),
        s.get(PROTOCOL),
        tls
            ? Objects.requireNonNullElse(s.find(UpstreamTlsReader.TLS), UpstreamTls.STANDARD)
            : null,
        s.get(HOST),
        s.get(TIMEOUTS),
        s.get(CONNECTIONS),
        s.get(RETRIES),
        s.get(HealthReader.KEY),
        s.get(PROBE),
        s.find(ShieldReader.OF_UPSTREAM));
  }

  private static List<Located<UpstreamUrl>> urls(Section s) {
    Located<UpstreamUrl> single = s.find(URL);
    List<Located<UpstreamUrl>> several = s.find(URLS);
    List<Located<UpstreamUrl>> urls =
        single != null ? List.of(single) : several == null ? List.of() : several;
    Set<UpstreamUrl> before = new HashSet<>();
    for (Located<UpstreamUrl> url : urls) {
      UpstreamUrl value = url.value();
      if (!value.tls() && !Addresses.loopback(value.address().host())) {
        url.at().warn("is reached in cleartext beyond this machine, tokens and all");
      }
      if (!value.alike(urls.getFirst().value())) {
        url.at().error("has another scheme or path than the first; they must be alike");
      }
      if (!before.add(value)) {
        url.at().error("stands twice");
      }
    }
    return urls;
  }
}
