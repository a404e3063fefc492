package dev.discreet.upstream;

import dev.discreet.config.UpstreamConfig;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One check of one address: is its health path answered with 2xx? Over a connection of its own: a
 * pool that is busy would be taken for an address that is ill.
 */
final class HealthCheck implements AnswerListener, Connector.Outcome, ConnectionOwner {
  private final UpstreamConfig config;
  private final UpstreamConfig.Checks checks;
  private final Destination destination;
  private final EventLoop loop;
  private final Consumer<@Nullable String> landed;
  private final LazyTimer timer;
  private @Nullable UpstreamConnection connection;
  private boolean over;

  /**
   * Prepares.
   *
   * @param landed told once what is wrong, or null for nothing
   */
  HealthCheck(
      UpstreamConfig config,
      UpstreamConfig.Checks checks,
      Destination destination,
      EventLoop loop,
      Consumer<@Nullable String> landed) {
    this.config = config;
    this.checks = checks;
    this.destination = destination;
    this.loop = loop;
    this.landed = landed;
    timer = new LazyTimer(loop, () -> land("its answer took too long"));
  }

  void start(Connector connector) {
    timer.arm(checks.timeout());
    connector.connect(destination, loop, this, this);
  }

  @Override
  public void connected(UpstreamConnection made) {
    if (over) {
      made.close();
      return;
    }
    connection = made;
    made.lend(this);
    made.send(request());
    made.send(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private HttpRequest request() {
    HttpRequest request =
        new DefaultHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, config.basePath() + checks.path());
    request.headers().set(HttpHeaderNames.HOST, destination.url().authority());
    request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return request;
  }

  @Override
  public void failed(UpstreamFailure failure) {
    land(failure.reason());
  }

  @Override
  public void head(HttpResponse head) {
    HttpStatusClass kind = head.status().codeClass();
    if (kind == HttpStatusClass.SUCCESS) {
      land(null);
    } else if (kind != HttpStatusClass.INFORMATIONAL || head.status().code() == 101) {
      land("answered " + head.status().code());
    }
  }

  @Override
  public void content(HttpContent part) {
    part.release();
  }

  @Override
  public void readComplete() {
    if (connection != null) {
      connection.read();
    }
  }

  @Override
  public void writabilityChanged() {}

  @Override
  public void malformed(String reason) {
    land(reason);
  }

  @Override
  public void closed(Progress progress, UpstreamFailure failure) {
    land(failure.reason());
  }

  private void land(@Nullable String wrong) {
    if (over) {
      return;
    }
    over = true;
    timer.cancel();
    if (connection != null) {
      connection.close();
      connection = null;
    }
    landed.accept(wrong);
  }

  @Override
  public Duration idleLimit() {
    return Duration.ZERO;
  }

  @Override
  public void giveBack(UpstreamConnection returned) {
    returned.close();
  }

  @Override
  public void closed(UpstreamConnection ended) {}
}
