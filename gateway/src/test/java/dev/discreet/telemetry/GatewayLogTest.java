package dev.discreet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
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

  private static LoggingEvent event(String message, @Nullable Throwable thrown) {
    return new LoggingEvent(
        "", new LoggerContext().getLogger("dev.discreet.Test"), Level.WARN, message, thrown, null);
  }
}
