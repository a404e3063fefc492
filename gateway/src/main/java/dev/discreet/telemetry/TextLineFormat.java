package dev.discreet.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** For people: what happened first, then {@code name=value} for what more there is. */
final class TextLineFormat implements LineFormat {
  @Override
  public void write(RequestLine line, OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder(256);
    text.append(line.time()).append(' ').append(line.status()).append(' ');
    PrintableText.append(text, line.method());
    text.append(' ');
    PrintableText.append(text, line.path() == null ? "-" : line.path());
    text.append(' ').append(line.decision().label());
    RequestLine.Observed observed = line.observed();
    if (observed != null) {
      text.append(" observed_status=").append(observed.status());
      text.append(" observed_decision=").append(observed.decision().label());
    }
    member(text, "row", line.row());
    details(text, line);
    text.append('\n');
    out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static void details(StringBuilder text, RequestLine line) {
    member(text, "reason", line.reason());
    member(text, "route", line.route());
    member(text, "grant", line.grant());
    member(text, "issuer", line.issuer());
    member(text, "subject", line.subject());
    member(text, "upstream", line.upstream());
    text.append(" duration_ms=").append(JsonLineFormat.millis(line.durationNanos()));
    if (line.upstreamNanos() >= 0) {
      text.append(" upstream_ms=").append(JsonLineFormat.millis(line.upstreamNanos()));
    }
    text.append(" bytes=").append(line.bytes());
    member(text, "source", line.source());
    member(text, "host", line.host());
    member(text, "request_id", line.requestId());
  }

  private static void member(StringBuilder text, String name, @Nullable String value) {
    if (value != null) {
      text.append(' ').append(name).append('=');
      PrintableText.append(text, value);
    }
  }
}
