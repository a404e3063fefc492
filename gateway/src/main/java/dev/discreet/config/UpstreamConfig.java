package dev.discreet.config;

import dev.discreet.policy.OnUnknown;
import dev.discreet.policy.Shield;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One upstream (CONFIGURATION.md, {@code upstreams.NAME}).
 *
 * @param name its name in the configuration
 * @param addresses where it is; at least one
 * @param basePath what is put before every path: empty, or a path without a final slash
 * @param http2 whether it speaks HTTP/2, rather than HTTP/1.1
 * @param tls how it is reached over TLS, or null for cleartext
 * @param rewriteHost whether the upstream gets its own host instead of the caller's
 * @param timeouts how long it may take
 * @param connections how many there are to each address
 * @param retries how often a request may be sent again (SPEC §6)
 * @param health when an address is left out
 * @param probe how existence is asked
 * @param shield which of its answers become the canonical 404, or null for what the gateway says
 */
public record UpstreamConfig(
    String name,
    List<Address> addresses,
    String basePath,
    boolean http2,
    @Nullable UpstreamTls tls,
    boolean rewriteHost,
    Timeouts timeouts,
    Connections connections,
    int retries,
    Health health,
    Probe probe,
    @Nullable Shield shield) {
  public UpstreamConfig {
    addresses = List.copyOf(addresses);
  }

  /**
   * Host and port of a URL.
   *
   * @param host a name or an address (IPv6 without brackets)
   * @param authority {@code host[:port]} as the URL says it, for the host header
   */
  public record Address(String host, int port, String authority) {}

  /**
   * How long an upstream may take.
   *
   * @param connect for the name to resolve, and then for the connection
   * @param response to the response head
   * @param idle between two reads
   */
  public record Timeouts(Duration connect, Duration response, Duration idle) {}

  /**
   * The connections to one address.
   *
   * @param perHost at once, over all event loops
   * @param idle how long an unused one is kept
   * @param pending how many requests may wait for one
   */
  public record Connections(int perHost, Duration idle, int pending) {}

  /**
   * When an address is left out.
   *
   * @param failures in a row after which it is, zero for never
   * @param eject for how long, and how long its share then grows
   * @param checks how it is checked, or null for not at all
   */
  public record Health(int failures, Duration eject, @Nullable Checks checks) {}

  /**
   * Requests of the gateway's own, which a healthy address answers with 2xx.
   *
   * @param path what is asked for, behind the path of the URL
   * @param every between two of them
   * @param timeout for one of them
   */
  public record Checks(String path, Duration every, Duration timeout) {}

  /**
   * How existence is asked.
   *
   * @param method HEAD or GET
   * @param headers what the probe carries, a credential of its own above all
   * @param credential how the gateway gets a token of its own for probes, or null
   * @param timeout for the whole probe
   * @param present statuses that say: it exists
   * @param absent statuses that say: it does not
   * @param maxConcurrent probes under way at once, over all event loops
   * @param onFailure what an unknown means
   * @param presentFor how long "it exists" is remembered, zero for not at all
   * @param absentFor how long "it does not" is remembered, zero for not at all
   * @param entries how many answers are remembered
   */
  public record Probe(
      String method,
      Map<String, String> headers,
      @Nullable ClientCredentials credential,
      Duration timeout,
      List<StatusRange> present,
      List<StatusRange> absent,
      int maxConcurrent,
      OnUnknown onFailure,
      Duration presentFor,
      Duration absentFor,
      int entries) {
    public Probe {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
      present = List.copyOf(present);
      absent = List.copyOf(absent);
    }
  }

  /**
   * How a token is asked for (RFC 6749 §4.4).
   *
   * @param tokenUrl the token endpoint
   * @param clientId who asks
   * @param clientSecret how that is proven
   * @param scope what for, or null
   */
  public record ClientCredentials(
      URI tokenUrl, String clientId, String clientSecret, @Nullable String scope) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "a token from " + tokenUrl + " as " + clientId;
    }
  }

  /** A status, or a class of them such as {@code 2xx}, as its first and last code. */
  public record StatusRange(int first, int last) {
    /** {@return whether {@code status} is one of them} */
    public boolean includes(int status) {
      return first <= status && status <= last;
    }
  }
}
