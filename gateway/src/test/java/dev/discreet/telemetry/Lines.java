package dev.discreet.telemetry;

import dev.discreet.config.LogConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Request lines, and what is written for them. */
final class Lines {
  static final LogConfig JSON = new LogConfig(LogConfig.Level.INFO, true, true);
  static final LogConfig TEXT = new LogConfig(LogConfig.Level.INFO, true, false);
  static final LogConfig OFF = new LogConfig(LogConfig.Level.INFO, false, true);

  private Lines() {}

  static RequestLine concealed(@Nullable String path, String subject) {
    return new RequestLine(
        Instant.parse("2026-02-03T04:05:06.789Z"),
        "00112233445566778899aabbccddeeff",
        "192.0.2.7",
        "api.example.com",
        "GET",
        path,
        "/documents/{document}",
        404,
        DecisionLabel.CONCEALED,
        null,
        "7",
        null,
        null,
        "main",
        subject,
        null,
        1_234_567,
        -1,
        52);
  }

  /** {@return all that a log writes for {@code lines}} */
  static String written(LogConfig config, RequestLine... lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Telemetry telemetry =
        Telemetry.create(config, new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
      for (RequestLine line : lines) {
        telemetry.log().write(line);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
