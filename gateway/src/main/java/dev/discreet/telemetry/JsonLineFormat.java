package dev.discreet.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;

/** One JSON object a line; members without a value are left out. */
final class JsonLineFormat implements LineFormat {
  private static final int NANOS_PER_MICRO = 1_000;

  @Override
  public void write(RequestLine line, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonLog.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      request(json, line);
      outcome(json, line);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void request(JsonGenerator json, RequestLine line) throws IOException {
    json.writeStringField("time", line.time().toString());
    json.writeStringField("request_id", line.requestId());
    json.writeStringField("source", line.source());
    JsonLog.text(json, "host", line.host());
    json.writeStringField("method", line.method());
    JsonLog.text(json, "path", line.path());
    JsonLog.text(json, "route", line.route());
  }

  private static void outcome(JsonGenerator json, RequestLine line) throws IOException {
    json.writeNumberField("status", line.status());
    json.writeStringField("decision", line.decision().label());
    RequestLine.Observed observed = line.observed();
    if (observed != null) {
      json.writeNumberField("observed_status", observed.status());
      json.writeStringField("observed_decision", observed.decision().label());
    }
    JsonLog.text(json, "row", line.row());
    JsonLog.text(json, "reason", line.reason());
    JsonLog.text(json, "grant", line.grant());
    JsonLog.text(json, "issuer", line.issuer());
    JsonLog.text(json, "subject", line.subject());
    JsonLog.text(json, "upstream", line.upstream());
    json.writeNumberField("duration_ms", millis(line.durationNanos()));
    if (line.upstreamNanos() >= 0) {
      json.writeNumberField("upstream_ms", millis(line.upstreamNanos()));
    }
    json.writeNumberField("bytes", line.bytes());
  }

  /** Milliseconds with three decimals. */
  static BigDecimal millis(long nanos) {
    return BigDecimal.valueOf(nanos / NANOS_PER_MICRO, 3);
  }
}
