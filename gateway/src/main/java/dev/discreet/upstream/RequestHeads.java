package dev.discreet.upstream;

import dev.discreet.config.Cidr;
import dev.discreet.config.GatewayConfig.ForwardConfig;
import dev.discreet.config.ReservedHeaders;
import dev.discreet.config.TokenSource;
import dev.discreet.config.UpstreamConfig;
import dev.discreet.policy.Caller;
import dev.discreet.policy.ClaimPath;
import dev.discreet.policy.Decision;
import dev.discreet.policy.HeaderChanges;
import dev.discreet.policy.Route;
import dev.discreet.wire.Hop;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The heads that are sent upstream (SPEC §6): what a client may not say is gone, what is known is
 * said.
 */
public final class RequestHeads {
  private final ForwardConfig forward;
  private final SentTokens tokens;
  private final List<Cidr> trustedProxies;
  private final Map<String, UpstreamConfig> upstreams;
  private final Set<String> ours;

  /** Makes heads by these rules. */
  public RequestHeads(
      ForwardConfig forward,
      List<TokenSource> tokenFrom,
      List<Cidr> trustedProxies,
      Map<String, UpstreamConfig> upstreams) {
    this.forward = forward;
    tokens = new SentTokens(tokenFrom, forward.stripToken());
    this.trustedProxies = trustedProxies;
    this.upstreams = upstreams;
    ours = new HashSet<>();
    forward.remove().forEach(name -> ours.add(Hop.canonical(name)));
    forward.claims().keySet().forEach(name -> ours.add(Hop.canonical(name)));
  }

  /**
   * Makes the head of a permitted request.
   *
   * @param received the head as it was received
   * @param target its path and query, byte for byte
   * @param requestId made for it
   * @param sender who sends it
   * @param permit where it goes
   */
  public UpstreamRequest forUpstream(
      HttpRequest received,
      String target,
      String requestId,
      Sender sender,
      Decision.Forward permit) {
    UpstreamConfig upstream = upstreams.get(permit.route().forwarding().upstream());
    if (upstream == null) {
      throw new IllegalArgumentException("no upstream of " + permit.route().name());
    }
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    headers.set(received.headers());
    Set<String> named = Hop.named(headers);
    HeaderChanges.Change change = permit.route().forwarding().headers().request();
    discard(headers, sender, change);
    change.set().forEach(headers::set);
    headers.set("x-request-id", requestId);
    boolean ownHost = upstream.rewriteHost() || headers.get(HttpHeaderNames.HOST, "").isEmpty();
    if (ownHost) {
      headers.set(HttpHeaderNames.HOST, upstream.addresses().getFirst().authority());
    }
    tokens.keepOnly(sender.token(), permit.route().observes(), headers);
    setCaller(headers, sender.caller());
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      // In the one spelling that every reader knows.
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    if (received.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      headers.remove(HttpHeaderNames.EXPECT);
    }
    int cut = endOf(target, permit.route().forwarding().stripSegments());
    String rest = target.substring(cut);
    UpstreamRequest head =
        new UpstreamRequest(
            received.method(),
            upstream.basePath() + (rest.startsWith("/") ? rest : "/" + rest),
            headers,
            ownHost,
            upstream.rewriteHost()
                ? new Redirects(origin(received, sender), target.substring(0, cut), upstream)
                : null,
            name -> isDiscarded(name) || isAmong(named, name) || isDropped(name, change));
    if (!upstream.http2() && Upgrade.isRequestedBy(received)) {
      Upgrade.say(head);
    }
    return head;
  }

  /**
   * Makes what a probe says as a caller: the probes' own fields but for those by which tokens and
   * claims are told, and of the request his token and what the gateway says of him.
   */
  public CallerHead ofCaller(HttpRequest received, Sender sender, Route route) {
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    UpstreamConfig upstream = upstreams.get(route.forwarding().upstream());
    if (upstream != null) {
      upstream.probe().headers().forEach(headers::set);
    }
    Set<String> ofCallers = tokens.fields();
    ofCallers.addAll(forward.claims().keySet());
    for (String name : List.copyOf(headers.names())) {
      if (isAmong(ofCallers, name)) {
        headers.remove(name);
      }
    }
    tokens.copy(sender.token(), received.headers(), headers);
    setCaller(headers, sender.caller());
    String subject =
        sender.caller() instanceof Caller.Authenticated known
            ? known.issuer() + '\n' + known.subject()
            : "";
    return new CallerHead(headers, subject);
  }

  /** Removes what a client may not say, and says what is known of the way. */
  private void discard(HttpHeaders headers, Sender sender, HeaderChanges.Change change) {
    InetAddress peer = sender.peer();
    boolean trusted = ClientAddress.trusts(peer, trustedProxies);
    Forwarded chain = trusted ? Forwarded.saidBy(headers, trustedProxies) : Forwarded.none();
    tokens.stripHop(headers);
    for (String name : List.copyOf(headers.names())) {
      if ((isDiscarded(name) && !(trusted && isProxysWord(name))) || isDropped(name, change)) {
        headers.remove(name);
      }
    }
    chain.append(headers, peer, sender.scheme(), headers.get(HttpHeaderNames.HOST, ""));
  }

  private static boolean isAmong(Set<String> named, String name) {
    return named.contains(name.toLowerCase(Locale.ROOT)) || named.contains(Hop.canonical(name));
  }

  private static boolean isDropped(String name, HeaderChanges.Change change) {
    return !change.dropped().isEmpty() && change.dropped().contains(Hop.canonical(name));
  }

  private ClientOrigin origin(HttpRequest received, Sender sender) {
    return ClientOrigin.of(received.headers(), sender.peer(), trustedProxies, sender.scheme());
  }

  /** {@return whether no client may say this, however it is spelt} */
  private boolean isDiscarded(String name) {
    String known = Hop.canonical(name);
    return ReservedHeaders.include(known)
        || ours.contains(known)
        || isFramingTwin(name, known)
        || tokens.hasTwin(name);
  }

  /** {@return whether a trusted proxy may say this, in this very spelling} */
  private boolean isProxysWord(String name) {
    String known = name.toLowerCase(Locale.ROOT);
    return known.startsWith("x-forwarded-")
        && known.equals(Hop.canonical(name))
        && !ours.contains(known);
  }

  /** {@code content_length} and the like: a CGI upstream would read them as the real ones. */
  private static boolean isFramingTwin(String name, String known) {
    return (known.equals("content-length")
            || known.equals("transfer-encoding")
            || known.equals("authorization")
            || known.equals("host"))
        && !name.equalsIgnoreCase(known);
  }

  private void setCaller(HttpHeaders headers, Caller caller) {
    if (caller instanceof Caller.Authenticated known) {
      for (Map.Entry<String, ClaimPath> claim : forward.claims().entrySet()) {
        String value = ClaimValue.of(known.claims().at(claim.getValue()));
        if (!value.isEmpty()) {
          headers.set(claim.getKey(), value);
        }
      }
    }
  }

  /** {@return where the first {@code segments} of a path end} */
  private static int endOf(String target, int segments) {
    int query = target.indexOf('?');
    int pathEnd = query < 0 ? target.length() : query;
    int end = 0;
    for (int i = 0; i < segments; i++) {
      int slash = target.indexOf('/', end + 1);
      end = slash < 0 || slash > pathEnd ? pathEnd : slash;
    }
    return end;
  }
}
