package dev.discreet.upstream;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One forwarded request: sent, and sent again where SPEC §6 allows it. The upstream is read when
 * the client can take more.
 */
final class ForwardAttempts implements ForwardedExchange, AnswerListener, Pool.Borrower {
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

  /**
   * What bounds it.
   *
   * @param response to the head of the answer
   * @param idle between two reads of its body
   * @param retries how often it may be sent again
   */
  record Limits(Duration response, Duration idle, int retries) {}

  private final Journey journey;
  private final RetryBudget budget;
  private final UpstreamRequest head;
  private final AnswerRelay answer;
  private final boolean repeatable;
  private final RequestBody body;
  private final Limits limits;
  private final ResponseSink sink;
  private final LongConsumer answered;
  private final LazyTimer timer;
  private @Nullable UpstreamConnection connection;
  private int retriesLeft;
  private @Nullable HttpResponse switching;
  private long sentNanos;
  private boolean paused;
  private boolean over;

  ForwardAttempts(
      Upstream upstream,
      UpstreamRequest head,
      AnswerChanges changes,
      boolean hasBody,
      Limits limits,
      EventLoop loop,
      ResponseSink sink,
      LongConsumer answered) {
    journey = upstream.journey(loop, this);
    budget = upstream.retries();
    this.head = head;
    answer = new AnswerRelay(head, changes, sink);
    repeatable = !hasBody && IDEMPOTENT.contains(head.method().name());
    body = new RequestBody(head, hasBody, sink);
    this.limits = limits;
    this.sink = sink;
    this.answered = answered;
    retriesLeft = limits.retries();
    timer =
        new LazyTimer(loop, () -> breakOff(UpstreamFailure.timeout("its answer took too long")));
  }

  @Override
  public void start() {
    budget.sent();
    journey.begin();
  }

  @Override
  public boolean gone() {
    return over;
  }

  @Override
  public void got(UpstreamConnection borrowed) {
    connection = borrowed;
    borrowed.lend(this);
    sentNanos = System.nanoTime();
    head.goesTo(journey.authority());
    borrowed.send(head);
    body.follow(borrowed);
    watchForHead();
  }

  @Override
  public void failed(UpstreamFailure failure) {
    if (!over) {
      end();
      sink.failed(failure);
    }
  }

  @Override
  public void body(HttpContent part) {
    if (body.send(part)) {
      watchForHead();
    }
  }

  /** While the client is to bring a part, no time of the upstream's runs. */
  private void watchForHead() {
    if (over || answer.begun()) {
      return;
    }
    if (body.awaitsClient()) {
      timer.disarm();
    } else {
      timer.arm(limits.response());
    }
  }

  @Override
  public void writabilityChanged() {
    if (!body.sent()) {
      body.pull();
      watchForHead();
    }
  }

  @Override
  public void head(HttpResponse received) {
    if (received.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      interim(received);
      return;
    }
    answered.accept(System.nanoTime() - sentNanos);
    journey.answered();
    boolean duplex = connection != null && connection.duplex() && sink.duplex();
    if (!duplex) {
      // What comes of it now may be read as another request (SPEC §6).
      body.stop();
    }
    timer.arm(limits.idle());
    answer.head(received);
  }

  private void interim(HttpResponse received) {
    int status = received.status().code();
    if (status == 101) {
      upgrade(received);
      return;
    }
    if (status == 100 && body.continued()) {
      watchForHead();
    }
    if (!answer.interim(received)) {
      breakOff(UpstreamFailure.badGateway("too many interim answers"));
    }
  }

  /** Taken over once the decoder has held what follows. */
  private void upgrade(HttpResponse received) {
    if (Upgrade.isAskedFor(head) && Upgrade.isAccepted(received)) {
      switching = received;
    } else {
      breakOff(UpstreamFailure.badGateway("a 101 that was not asked for"));
    }
  }

  private void handOver(UpstreamConnection current, HttpResponse switched) {
    answered.accept(System.nanoTime() - sentNanos);
    journey.answered();
    connection = null;
    stop();
    // Under way there for as long as it lasts.
    current.onClose(journey::end);
    sink.upgraded(switched, new Upgraded(current, limits.idle()));
  }

  @Override
  public void content(HttpContent part) {
    if (over) {
      ReferenceCountUtil.release(part);
      return;
    }
    if (part instanceof LastHttpContent) {
      timer.disarm();
    } else {
      timer.arm(limits.idle());
    }
    answer.content(part);
  }

  @Override
  public void readComplete() {
    UpstreamConnection current = connection;
    if (over || current == null) {
      return;
    }
    if (switching != null) {
      handOver(current, switching);
    } else if (answer.done()) {
      end();
      // What was not sent of a body would be read as the next request.
      if (body.sent()) {
        current.release();
      } else {
        current.close();
      }
    } else if (!answer.begun() || sink.writable()) {
      current.read();
    } else {
      paused = true;
      timer.disarm();
    }
  }

  @Override
  public void clientWritable(boolean writable) {
    if (writable && paused && !over && connection != null) {
      paused = false;
      timer.arm(limits.idle());
      connection.read();
    }
  }

  @Override
  public void malformed(String reason) {
    breakOff(UpstreamFailure.badGateway(reason));
  }

  @Override
  public void closed(Progress progress, UpstreamFailure failure) {
    boolean used = connection != null && connection.used();
    connection = null;
    if (over) {
      return;
    }
    if (answer.done()) {
      end();
    } else if (!failure.ours() && mayRepeat(progress) && retriesLeft > 0 && budget.take()) {
      retriesLeft--;
      timer.disarm();
      // A connection that rested may end at any time, which says nothing of its address.
      if (!used) {
        journey.broke(failure);
      }
      journey.again();
    } else {
      breakOff(failure);
    }
  }

  /** SPEC §6. */
  private boolean mayRepeat(Progress progress) {
    return switch (progress) {
      case UNANSWERED -> repeatable;
      case UNPROCESSED -> repeatable || !body.begun();
      case BEGUN -> false;
    };
  }

  private void breakOff(UpstreamFailure failure) {
    if (over) {
      return;
    }
    closeConnection();
    if (!answer.begun()) {
      journey.broke(failure);
    }
    end();
    answer.failed(failure);
  }

  @Override
  public void cancel() {
    if (!over) {
      closeConnection();
      end();
    }
  }

  private void closeConnection() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private void end() {
    journey.end();
    stop();
  }

  private void stop() {
    over = true;
    body.stop();
    timer.cancel();
  }
}
