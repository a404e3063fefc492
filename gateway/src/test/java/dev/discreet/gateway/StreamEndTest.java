package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.OWN;
import static dev.discreet.testing.RawHttp2.DATA;
import static dev.discreet.testing.RawHttp2.END_HEADERS;
import static dev.discreet.testing.RawHttp2.END_STREAM;
import static dev.discreet.testing.RawHttp2.HEADERS;
import static dev.discreet.testing.RawHttp2.NONE;
import static dev.discreet.testing.RawHttp2.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.RawHttp2.Arrival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a stream ends tells what framing its request declared, and nothing else (SPEC §3). */
@Timeout(60)
class StreamEndTest {
  private static final String UNROUTED = "/nothing";
  private static final int FRAME = 16_384;
  private static final int NO_ERROR = 0;
  private static final int PROTOCOL_ERROR = 1;

  private final DocumentsWorld world =
      new DocumentsWorld("shield: [403]\nlimits: {drain: 16KiB}", "");

  StreamEndTest() throws IOException {
    world.api().answering(seen -> "HTTP/1.1 403 No\r\nContent-Length: 4\r\n\r\nnone");
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  /** {@return the frames of the answer to a PUT, whose body follows at once} */
  private List<Arrival> put(String path, int length, int octets, String... more)
      throws IOException {
    String member = world.member("documents:list documents:read documents:write");
    List<String> fields = new ArrayList<>(RawHttp2.request("PUT", path, more));
    fields.addAll(List.of("authorization", member.substring("Authorization: ".length())));
    if (length >= 0) {
      fields.addAll(List.of("content-length", Integer.toString(length)));
    }
    try (RawHttp2 client = new RawHttp2(world.gateway().address())) {
      client.frame(HEADERS, END_HEADERS, 1, RawHttp2.fields(fields));
      int left = octets;
      for (; left > FRAME; left -= FRAME) {
        client.frame(DATA, NONE, 1, new byte[FRAME]);
      }
      client.frame(DATA, END_STREAM, 1, new byte[left]).await(1);
      client.frame(RawHttp2.PING, NONE, 0, new byte[8]).awaitFrame(RawHttp2.PING);
      return client.arrivals().stream().filter(each -> each.stream() == 1).toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "-1, 3", "-1, 20000", "3, 3", "16384, 16384", "20000, 20000"})
  void isTheSameWhoeverRefused(int length, int octets) throws IOException {
    List<Arrival> concealed = put(UNROUTED, length, octets);
    List<Arrival> shielded = put(OWN, length, octets);
    assertThat(world.api().seen()).singleElement().extracting("method").isEqualTo("PUT");
    assertThat(shielded).isEqualTo(concealed);
    boolean read = length >= 0 && length <= FRAME;
    assertThat(shielded).hasSize(read ? 2 : 3);
    if (!read) {
      assertThat(shielded.getLast().type()).isEqualTo(RST_STREAM);
      assertThat(shielded.getLast().code()).isEqualTo(NO_ERROR);
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 3", "2, 6"})
  void anAnswerIsWholeBeforeTheStreamIsReset(int length, int octets) throws IOException {
    assertThat(put(UNROUTED, length, octets))
        .extracting(Arrival::type)
        .containsExactly(HEADERS, DATA, RST_STREAM);
    assertThat(put(UNROUTED, length, octets).getLast().code()).isEqualTo(PROTOCOL_ERROR);
  }
}
