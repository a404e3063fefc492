package dev.discreet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.discreet.config.LogConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatewayLogTest {
  @Test
  void aMessageIsOneLineOfJson() {
    assertThat(new JsonMessageLayout().doLayout(event("a\n\"b\"\u009b", null)))
        .endsWith(
            ",\"level\":\"warn\",\"logger\":\"dev.discreet.Test\","
                + "\"message\":\"a\\n\\\"b\\\"\\u009B\"}\n")
        .startsWith("{\"time\":\"")
        .matches("[ -~]+\n");
  }

  @Test
  void anExceptionBelongsToItsLineOfJson() {
    assertThat(new JsonMessageLayout().doLayout(event("m", new IllegalStateException("why"))))
        .contains("\"exception\":\"java.lang.IllegalStateException: why")
        .matches("[ -~]+\n");
  }

  @Test
  void controlCharactersAreEscapedInText() {
    assertThat(new TextMessageLayout().doLayout(event("a\r\nb \"ü\" \u001b[2J\u009b", null)))
        .endsWith(" WARN a\\u000d\\u000ab \"ü\" \\u001b[2J\\u009b\n")
        .containsOnlyOnce("\n");
  }

  @Test
  void levelAndFormatFollowTheConfiguration() {
    LoggerContext context = new LoggerContext();
    try (GatewayLog log = new GatewayLog(context, Lines.JSON)) {
      assertThat(layouts(context)).singleElement().isInstanceOf(JsonMessageLayout.class);
      log.change(new LogConfig(LogConfig.Level.ERROR, true, true));
      assertThat(context.getLogger("dev.discreet.x").getEffectiveLevel()).isEqualTo(Level.ERROR);
      assertThat(layouts(context)).singleElement().isInstanceOf(JsonMessageLayout.class);
      log.change(Lines.TEXT);
      assertThat(context.getLogger("dev.discreet.x").getEffectiveLevel()).isEqualTo(Level.INFO);
      assertThat(layouts(context)).singleElement().isInstanceOf(TextMessageLayout.class);
    }
  }

  /** {@return how the appenders of {@code context} lay messages out} */
  private static List<Layout<ILoggingEvent>> layouts(LoggerContext context) {
    List<Layout<ILoggingEvent>> layouts = new ArrayList<>();
    context
        .getLogger(Logger.ROOT_LOGGER_NAME)
        .iteratorForAppenders()
        .forEachRemaining(
            async ->
                ((AsyncAppender) async)
                    .iteratorForAppenders()
                    .forEachRemaining(
                        stderr -> {
                          var encoder = ((ConsoleAppender<ILoggingEvent>) stderr).getEncoder();
                          layouts.add(((LayoutWrappingEncoder<ILoggingEvent>) encoder).getLayout());
                        }));
    return layouts;
  }

  private static LoggingEvent event(String message, @Nullable Throwable thrown) {
    return new LoggingEvent(
        "", new LoggerContext().getLogger("dev.discreet.Test"), Level.WARN, message, thrown, null);
  }
}
