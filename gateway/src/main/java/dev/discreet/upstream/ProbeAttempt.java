package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.telemetry.ProbeMetrics;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One probe: a request of the gateway's own, of whose answer the status alone counts. */
final class ProbeAttempt implements AnswerListener, Pool.Borrower {
  /** A body of an answer that is longer is not read to its end for the connection's sake. */
  private static final int MOST_BODY_OCTETS = 64 << 10;

  private final Upstream upstream;
  private final ProbeKey key;
  private final @Nullable CallerHead caller;
  private final EventLoop loop;
  private final Consumer<ProbeResult> landed;
  private final Journey journey;
  private final LazyTimer timer;
  private @Nullable UpstreamConnection connection;
  private int bodyOctets;
  private boolean retried;
  private @Nullable String token;
  private boolean bodyDone;
  private boolean over;

  /**
   * Prepares to ask.
   *
   * @param caller as whom, or null for nobody
   */
  ProbeAttempt(
      Upstream upstream,
      ProbeKey key,
      @Nullable CallerHead caller,
      EventLoop loop,
      Consumer<ProbeResult> landed) {
    this.upstream = upstream;
    this.key = key;
    this.caller = caller;
    this.loop = loop;
    this.landed = landed;
    journey = upstream.journey(loop, this);
    timer = new LazyTimer(loop, () -> fail("its answer took too long"));
  }

  void start() {
    timer.arm(upstream.config().probe().timeout());
    upstream.retries().sent();
    ProbeToken own = caller == null ? upstream.probeToken() : null;
    if (own == null) {
      journey.begin();
    } else {
      own.get(loop, this::got);
    }
  }

  private void got(ProbeToken.Outcome outcome) {
    token = outcome.token();
    if (over) {
      return;
    }
    if (token == null) {
      fail(outcome.failure());
    } else {
      journey.begin();
    }
  }

  @Override
  public boolean gone() {
    return over;
  }

  @Override
  public void got(UpstreamConnection borrowed) {
    connection = borrowed;
    borrowed.lend(this);
    borrowed.send(request());
    borrowed.send(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private HttpRequest request() {
    UpstreamConfig config = upstream.config();
    HttpRequest request =
        new DefaultHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(config.probe().method()),
            config.basePath() + key.path());
    boolean ownHost = config.rewriteHost() || key.host().isEmpty();
    request.headers().set(HttpHeaderNames.HOST, ownHost ? journey.authority() : key.host());
    if (caller == null) {
      config.probe().headers().forEach((name, value) -> request.headers().set(name, value));
    } else {
      request.headers().add(caller.headers());
    }
    if (token != null) {
      request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
    }
    return request;
  }

  @Override
  public void failed(UpstreamFailure failure) {
    fail(failure.reason());
  }

  @Override
  public void head(HttpResponse head) {
    if (head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      journey.answered();
      ProbeResult result = ProbeResult.of(head.status().code(), upstream.config().probe());
      if (result.label() == ProbeMetrics.Result.REFUSED) {
        tokenRefused();
      }
      land(result);
    } else if (head.status().code() == 101) {
      fail("a 101 that was not asked for");
    }
  }

  private void tokenRefused() {
    ProbeToken own = upstream.probeToken();
    if (own != null && token != null) {
      own.refused(token);
    }
  }

  @Override
  public void content(HttpContent part) {
    bodyOctets += part.content().readableBytes();
    bodyDone = part instanceof LastHttpContent;
    part.release();
  }

  @Override
  public void readComplete() {
    UpstreamConnection current = connection;
    if (current == null) {
      return;
    }
    if (bodyDone) {
      connection = null;
      timer.cancel();
      journey.end();
      current.release();
    } else if (bodyOctets > MOST_BODY_OCTETS) {
      closeConnection();
    } else {
      current.read();
    }
  }

  @Override
  public void writabilityChanged() {}

  @Override
  public void malformed(String reason) {
    fail(reason);
  }

  /**
   * Once more, on a new one: a pooled connection may have been closed by its peer just now, and
   * another is as good a reason as for a request (SPEC §6).
   */
  @Override
  public void closed(Progress progress, UpstreamFailure failure) {
    boolean used = connection != null && connection.used();
    connection = null;
    boolean repeatable = !over && !retried && progress != Progress.BEGUN && !failure.ours();
    if (repeatable && (used || mayRetry())) {
      retried = true;
      if (!used) {
        journey.broke(failure);
      }
      journey.again();
    } else {
      fail(failure.reason());
    }
  }

  private boolean mayRetry() {
    return upstream.config().retries() > 0 && upstream.retries().take();
  }

  private void fail(String reason) {
    closeConnection();
    land(ProbeResult.unknown(reason));
  }

  /** The time-out covers the rest of the answer too, though nobody waits for that. */
  private void closeConnection() {
    timer.cancel();
    journey.end();
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private void land(ProbeResult result) {
    if (!over) {
      over = true;
      landed.accept(result);
    }
  }
}
