package dev.discreet.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;

/** One of the gateway's own messages as a line for people. */
final class TextMessageLayout extends LayoutBase<ILoggingEvent> {
  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder text = new StringBuilder(128);
    text.append(event.getInstant()).append(' ').append(event.getLevel()).append(' ');
    PrintableText.appendLine(text, event.getFormattedMessage());
    text.append('\n');
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      ThrowableProxyUtil.asString(thrown).lines().forEach(line -> stackLine(text, line));
    }
    return text.toString();
  }

  private static void stackLine(StringBuilder text, String line) {
    text.append("  ");
    PrintableText.appendLine(text, line.strip());
    text.append('\n');
  }
}
