package dev.discreet.telemetry;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.discreet.config.LogConfig;
import org.slf4j.LoggerFactory;

/**
 * The gateway's own messages: on stderr, so that stdout holds the request log alone. They are
 * written by a thread of their own, and dropped where stderr blocks.
 */
public final class GatewayLog implements AutoCloseable {
  private static final int QUEUE = 1024;
  private static final int FLUSH_MILLIS = 1000;

  private final LoggerContext context;
  private LogConfig config;
  private AsyncAppender appender;

  GatewayLog(LoggerContext context, LogConfig config) {
    this.context = context;
    this.config = config;
    appender = appender(context, config);
    apply();
  }

  /**
   * Replaces the logging of this process.
   *
   * @param config the least level and the format
   * @return to be closed last: messages after that are lost
   */
  public static GatewayLog configure(LogConfig config) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    return new GatewayLog(context, config);
  }

  /** Changes level and format. For one thread. */
  public void change(LogConfig next) {
    AsyncAppender before = appender;
    boolean sameFormat = next.json() == config.json();
    config = next;
    if (!sameFormat) {
      appender = appender(context, next);
    }
    apply();
    if (!sameFormat) {
      // A message of this moment may be written twice, which is better than not at all.
      context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(before);
      before.stop();
    }
  }

  private static AsyncAppender appender(LoggerContext context, LogConfig config) {
    ConsoleAppender<ILoggingEvent> stderr =
        stderr(context, config.json() ? new JsonMessageLayout() : new TextMessageLayout());
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.setNeverBlock(true);
    async.setQueueSize(QUEUE);
    async.setMaxFlushTime(FLUSH_MILLIS);
    async.addAppender(stderr);
    async.start();
    return async;
  }

  private void apply() {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(library(config.level()));
    root.addAppender(appender);
    context.getLogger("dev.discreet").setLevel(level(config.level()));
  }

  static <L extends ContextAwareBase & Layout<ILoggingEvent>> ConsoleAppender<ILoggingEvent> stderr(
      LoggerContext context, L layout) {
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }

  private static Level level(LogConfig.Level level) {
    return Level.toLevel(level.name());
  }

  /** Libraries say at INFO what no operator asked for; below that, whoever asks wants it all. */
  private static Level library(LogConfig.Level level) {
    return level == LogConfig.Level.INFO ? Level.WARN : level(level);
  }

  /** Writes what is still to be written, for a second at most. */
  @Override
  public void close() {
    context.stop();
  }
}
