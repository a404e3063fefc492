package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.HIDDEN;
import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.RawClient;
import dev.discreet.testing.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Over TLS too, hidden is as missing: what the caller reads, how the connection ends, and what
 * someone on the way counts.
 */
@Tag("tls")
class TlsDisclosureTest {
  private static final String MISSING = "/accounts/b9/documents/0";
  private static final int HEADER = 5;

  @SuppressWarnings("NullAway.Init")
  private TlsWorld world;

  @BeforeEach
  void start() throws IOException {
    world = new TlsWorld("");
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  /**
   * What became of a request.
   *
   * @param read all that was answered, with what legitimately differs blanked
   * @param end how it ended
   * @param records the types and lengths of all TLS records with it
   */
  private record Outcome(String read, String end, List<String> records) {}

  /** A connection that keeps what comes over it, as who listens on the way would. */
  private static final class Tapped extends Socket {
    private final ByteArrayOutputStream tapped = new ByteArrayOutputStream();

    Tapped(int port) throws IOException {
      super(InetAddress.getLoopbackAddress(), port);
      setSoTimeout(10_000);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
          int read = super.read(octets, offset, length);
          if (read > 0) {
            tapped.write(octets, offset, read);
          }
          return read;
        }
      };
    }

    List<String> records() {
      List<String> records = new ArrayList<>();
      ByteBuffer octets = ByteBuffer.wrap(tapped.toByteArray());
      while (octets.remaining() >= HEADER) {
        int type = octets.get();
        octets.getShort();
        int length = octets.getShort();
        records.add(type + ":" + length);
        octets.position(octets.position() + length);
      }
      return records;
    }
  }

  private Outcome ask(String version, String method, String target, String caller, String more)
      throws Exception {
    Tapped tapped = new Tapped(world.gateway().address().getPort());
    try (SSLSocket tls = TlsWorld.over(tapped, TlsWorld.SERVER.client(null), version);
        RawClient client = new RawClient(tls)) {
      // The handshake has signatures of varying length.
      client.send(TestGateway.request("GET", "/accounts/a1/login-options")).read("GET");
      int before = tapped.records().size();
      client.send(TestGateway.request(method, target, caller, more));
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      String end = "close_notify";
      try {
        tls.getInputStream().transferTo(all);
      } catch (IOException e) {
        end = e.toString();
      }
      List<String> records = tapped.records();
      return new Outcome(
          new RawClient.Answer(all.toString(StandardCharsets.ISO_8859_1), "").shape(),
          end,
          records.subList(before, records.size()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.3, GET, connection: close",
    "TLSv1.2, GET, connection: close",
    "TLSv1.3, HEAD, connection: close",
    "TLSv1.3, PATCH, transfer-encoding: chunked",
    "TLSv1.3, PUT, content-length: 70000",
    "TLSv1.2, PUT, expect: 100-continue"
  })
  void hiddenIsAsMissingToTheLastRecord(String version, String method, String more)
      throws Exception {
    String caller = world.member(Map.of());
    Outcome hidden = ask(version, method, HIDDEN, caller, more);
    assertThat(hidden.read()).startsWith("HTTP/1.1 404 ");
    assertThat(hidden.end()).isEqualTo("close_notify");
    assertThat(hidden.records()).isNotEmpty();
    assertThat(ask(version, method, MISSING, caller, more)).isEqualTo(hidden);
    assertThat(ask(version, method, "/nowhere", caller, more)).isEqualTo(hidden);
    assertThat(world.api().seen()).extracting(seen -> seen.target()).doesNotContain(HIDDEN);
  }

  @Test
  void theTestWouldSeeADifference() throws Exception {
    String caller = world.member(Map.of());
    Outcome own = ask("TLSv1.3", "GET", OWN, caller, "connection: close");
    Outcome missing = ask("TLSv1.3", "GET", MISSING, caller, "connection: close");
    assertThat(own.read()).isNotEqualTo(missing.read());
    assertThat(own.records()).isNotEqualTo(missing.records());
  }
}
