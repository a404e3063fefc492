package dev.discreet.http;

import dev.discreet.config.TokenSource;
import dev.discreet.guard.Account;
import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Caller;
import dev.discreet.policy.Route;
import dev.discreet.upstream.Sender;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request and the account of what became of it: the first message of the journey, and what the
 * log line is written from.
 */
final class Exchange {
  private final HttpRequest request;
  private final String requestId;
  private final InetAddress source;
  private final @Nullable Snapshot snapshot;
  private final Instant time = Instant.now();
  private final long readNanos = System.nanoTime();
  private final long startNanos;
  private @Nullable String path;
  private @Nullable String host;
  private String originForm = "/";
  private @Nullable Route route;
  private Caller.@Nullable Authenticated caller;
  private @Nullable TokenSource tokenSource;
  private @Nullable Instant tokenExpires;
  private @Nullable String claimedIssuer;
  private @Nullable Account account;
  private @Nullable Outcome outcome;
  private @Nullable Future<Answer> instead;
  private @Nullable String failure;
  private boolean brokenOff;
  private long upstreamNanos = -1;

  /**
   * Begins the account.
   *
   * @param startNanos when the head's first octet was there, by {@link System#nanoTime()}
   * @param request the head as it was received
   * @param requestId made for this request
   * @param source the client's address, as far as it is trusted
   * @param snapshot what it is judged and carried by; null where its head is only read
   */
  Exchange(
      long startNanos,
      HttpRequest request,
      String requestId,
      InetAddress source,
      @Nullable Snapshot snapshot) {
    this.startNanos = startNanos;
    this.request = request;
    this.requestId = requestId;
    this.source = source;
    this.snapshot = snapshot;
  }

  HttpRequest request() {
    return request;
  }

  String requestId() {
    return requestId;
  }

  InetAddress source() {
    return source;
  }

  Snapshot snapshot() {
    return Objects.requireNonNull(snapshot, "the head is only read");
  }

  /** {@return when the head was read: a client that dawdles decides nothing by it} */
  Instant time() {
    return time;
  }

  /** {@return when the head began} */
  Instant start() {
    return time.minusNanos(readNanos - startNanos);
  }

  long startNanos() {
    return startNanos;
  }

  boolean http10() {
    return request.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  boolean hasBody() {
    return HttpUtil.isTransferEncodingChunked(request) || contentLength() > 0;
  }

  /**
   * {@return the declared length in octets, 0 for no body, -1 where it is not declared (chunked)}
   */
  long contentLength() {
    return HttpUtil.isTransferEncodingChunked(request)
        ? -1
        : HttpUtil.getContentLength(request, 0L);
  }

  /** {@return whether the client waits for a 100 (RFC 9110 §10.1.1; never in HTTP/1.0)} */
  boolean expectsContinue() {
    return !http10() && request.headers().contains(HttpHeaderNames.EXPECT);
  }

  void targets(RequestTarget target) {
    path = target.path();
    host = target.host();
    originForm = target.originForm();
  }

  /** {@return what the core is asked} */
  AccessRequest asks(RequestTarget target) {
    return new AccessRequest(
        request.method().name(), target.host(), target.segments(), source, time);
  }

  /** {@return who sends it, over this connection or stream} */
  Sender sender(Channel channel, Caller by) {
    return new Sender(Peer.of(channel), TlsSession.scheme(channel), by, tokenSource);
  }

  /** {@return the path without its query; of a target that is refused, what stands there} */
  String path() {
    return path == null ? beforeQuery(request.uri()) : path;
  }

  /** {@return path and query, byte for byte; a slash where the target is refused} */
  String originForm() {
    return originForm;
  }

  private static String beforeQuery(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /**
   * {@return the host that was asked for, or null; before the target is read, as it was written}
   */
  @Nullable String host() {
    return host == null ? request.headers().get(HttpHeaderNames.HOST) : host;
  }

  void decidedBy(@Nullable Route route) {
    this.route = route;
  }

  @Nullable Route route() {
    return route;
  }

  /**
   * Its token is valid.
   *
   * @param expires when it is not any more
   */
  void calledBy(Caller.Authenticated caller, TokenSource tokenSource, Instant expires) {
    this.caller = caller;
    this.tokenSource = tokenSource;
    tokenExpires = expires;
  }

  /** Its token, which is not valid, or can't be told, says that it is of this issuer. */
  void claimsIssuer(String name) {
    claimedIssuer = name;
  }

  /** Its refusals are charged to {@code account}, or to nobody. */
  void chargedTo(@Nullable Account account) {
    this.account = account;
  }

  @Nullable Account chargedTo() {
    return account;
  }

  /** {@return the issuer of its token, valid or not, as far as there is such an issuer, or null} */
  @Nullable String issuer() {
    return caller == null ? claimedIssuer : caller.issuer();
  }

  /** {@return when its token expires, or null where it has none that is valid} */
  @Nullable Instant tokenExpires() {
    return tokenExpires;
  }

  /** {@return where the caller's token stands, or null where there is none that is valid} */
  @Nullable TokenSource tokenSource() {
    return tokenSource;
  }

  Caller.@Nullable Authenticated caller() {
    return caller;
  }

  /** Settles the request; what came first stands, whatever the upstream then does. */
  void settle(Outcome outcome) {
    if (this.outcome == null) {
      this.outcome = outcome;
    } else {
      failure = outcome.reason();
    }
  }

  @Nullable Outcome outcome() {
    return outcome;
  }

  /**
   * The route observes, and the request goes on.
   *
   * @param instead what would have been answered; it may become known after the request has ended
   */
  void observedInstead(Future<Answer> instead) {
    if (this.instead == null) {
      this.instead = instead;
    }
  }

  @Nullable Future<Answer> instead() {
    return instead;
  }

  /** The request can't be carried through, and it is not the client that left. */
  void brokenOff(String reason) {
    failure = reason;
    brokenOff = true;
  }

  /**
   * {@return whether we ended the connection before the answer's end, so that the client did not
   * leave}
   */
  boolean isBrokenOff() {
    return brokenOff;
  }

  /** {@return what went wrong after the request was settled, or null} */
  @Nullable String failure() {
    return failure;
  }

  void upstreamAnswered(long nanos) {
    upstreamNanos = nanos;
  }

  long upstreamNanos() {
    return upstreamNanos;
  }
}
