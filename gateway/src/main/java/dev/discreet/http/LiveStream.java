package dev.discreet.http;

import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.Caller;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Verdict;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One exchange whose answer lasts. It ends when its caller may no longer have it: by a change of
 * the configuration, or at the end of his token's life. On its event loop, but for {@link
 * #decideAnew}.
 */
final class LiveStream {
  private static final String EVENTS = "text/event-stream";

  private final Gateway gateway;
  private final PermittedRequest request;
  private final EventExecutor loop;
  private final Consumer<String> end;
  private @Nullable Future<?> expiry;
  private boolean ended;

  /**
   * Begins to watch.
   *
   * @param end ends the exchange, for the reason that it is given
   */
  LiveStream(Gateway gateway, PermittedRequest request, EventExecutor loop, Consumer<String> end) {
    this.gateway = gateway;
    this.request = request;
    this.loop = loop;
    this.end = end;
  }

  /** {@return whether an answer with this head lasts} */
  static boolean lasts(Exchange exchange, HttpResponse head) {
    return isEvents(head.headers()) || GrpcAnswer.isGrpc(exchange.request());
  }

  private static boolean isEvents(HttpHeaders headers) {
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    return type.regionMatches(true, 0, EVENTS, 0, EVENTS.length());
  }

  LiveStream watch() {
    gateway.streams().add(this);
    Instant expires = request.exchange().tokenExpires();
    if (expires != null) {
      Duration left = Duration.between(Instant.now(), expires);
      expiry = loop.schedule(this::tokenExpired, left.toMillis(), TimeUnit.MILLISECONDS);
    }
    Snapshot current = gateway.current();
    if (!current.equals(request.exchange().snapshot())) {
      // Taken over between the decision and now.
      decideAnew(current);
    }
    return this;
  }

  /** The exchange has come to its end. */
  void over() {
    ended = true;
    gateway.streams().remove(this);
    if (expiry != null) {
      expiry.cancel(false);
    }
  }

  private void tokenExpired() {
    if (!gateway.current().config().outliveToken()) {
      end("its token has expired");
    }
  }

  /** From any thread. */
  void decideAnew(Snapshot next) {
    loop.execute(
        () -> {
          if (!ended && !isPermitted(next)) {
            end("its caller may no longer have it");
          }
        });
  }

  private void end(String why) {
    if (!ended) {
      over();
      end.accept(why);
    }
  }

  /** What a token says is read by its issuer's rules; by others it would be another caller. */
  private boolean isPermitted(Snapshot next) {
    Exchange exchange = request.exchange();
    if (request.caller() instanceof Caller.Authenticated caller
        && !Objects.equals(
            next.config().issuers().get(caller.issuer()),
            exchange.snapshot().config().issuers().get(caller.issuer()))) {
      return false;
    }
    AccessRequest asked =
        new AccessRequest(
            exchange.request().method().name(),
            request.target().host(),
            request.target().segments(),
            exchange.source(),
            Instant.now());
    return switch (next.authorizer().authorize(asked, request.caller())) {
      case Verdict.Settled(Decision decision) -> decision instanceof Decision.Forward;
      case Verdict.AskExistence _ -> false;
      case Verdict.Observed _ -> true;
    };
  }
}
