package dev.discreet.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The log's {@code time} is when the first octet of a head came. */
class RequestTimeTest {
  private static final Pattern TIME = Pattern.compile("\"time\":\"([^\"]*)\"");

  private static Instant time(String line) {
    Matcher matcher = TIME.matcher(line);
    assertThat(matcher.find()).as(line).isTrue();
    return Instant.parse(matcher.group(1));
  }

  @Test
  void aRequestBeginsWithItsHeadAndNotWithTheEndOfIt() throws IOException {
    try (EmbeddedWorld world = new EmbeddedWorld("");
        EmbeddedClient client = world.connect()) {
      Instant before = Instant.now();
      client.send("GET /nowhere HT");
      Instant within = Instant.now();
      client.send("TP/1.1\r\nHost: a\r\n\r\n");
      assertThat(time(world.line(client.answer("GET")))).isBetween(before, within);
      client.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(time(world.line(client.answer("GET")))).isAfter(within);
    }
  }
}
