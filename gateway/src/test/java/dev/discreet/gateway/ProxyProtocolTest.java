package dev.discreet.gateway;

import static dev.discreet.testing.DocumentsWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.DocumentsWorld;
import dev.discreet.testing.LogLines;
import dev.discreet.testing.RawClient;
import dev.discreet.testing.RawHttp2;
import dev.discreet.testing.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that begin with a header of the PROXY protocol, and those that should. */
class ProxyProtocolTest {
  private static final String V1 = "PROXY TCP4 192.0.2.7 198.51.100.1 40000 443\r\n";
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  /** TCP over IPv4 from 192.0.2.7, with a TLV of no meaning behind the addresses. */
  private static final String V2 = v2("21 11 0011 c0000207 c6336401 9c40 01bb ea0002 4142");

  private static final String CLOSED = "a connection of /127.0.0.1:";

  @SuppressWarnings("NullAway.Init")
  private DocumentsWorld world;

  @BeforeEach
  void start() throws IOException {
    world = new DocumentsWorld();
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  /** {@return the octets of a header of version 2, one for each character} */
  private static String v2(String rest) {
    byte[] octets = HexFormat.of().parseHex(SIGNATURE + rest.replace(" ", ""));
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  private TestGateway gateway(String proxies, String extra) throws IOException {
    Map<String, String> files = new HashMap<>();
    for (String name : new String[] {"routes/documents.yaml", "permissions/grants.yaml"}) {
      files.put(name, world.file(name));
    }
    files.put("server.pem", TlsWorld.SERVER.certificate());
    files.put("server.key", TlsWorld.SERVER.key());
    files.put(
        "gateway.yaml",
        world
                .file("gateway.yaml")
                .replace(
                    "listen: 127.0.0.1:0",
                    """
                    listen:
                      - {address: '127.0.0.1:0', proxyProtocol: true}
                      - address: 127.0.0.1:0
                        proxyProtocol: true
                        tls: {certificate: server.pem, key: server.key}
                    """)
            + "trustedProxies: [%s]\n%s\n".formatted(proxies, extra));
    return TestGateway.start(files);
  }

  private String caller() {
    return world.member("documents:read documents:list");
  }

  private String own(String... more) {
    return TestGateway.request("GET", OWN, caller() + String.join("", more));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theSourceThatTheProxyTellsIsTheClients(int version) throws IOException {
    String header = version == 1 ? V1 : V2;
    try (TestGateway gateway = gateway("127.0.0.1", "");
        RawClient client = new RawClient(gateway.address())) {
      client.send(header + own("\r\nX-Forwarded-For: 203.0.113.9"));
      assertThat(client.read("GET").status()).isEqualTo(200);
      assertThat(world.api().seen().getLast().values("x-forwarded-for"))
          .as("the client is no proxy, whatever it says")
          .containsExactly("192.0.2.7");
      assertThat(client.send(own()).read("GET").status()).isEqualTo(200);
      assertThat(gateway.logged("\"status\":200")).contains("\"source\":\"192.0.2.7\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP6 2001:db8::7 2001:db8::1 40000 443, 2001:db8::7",
    "PROXY TCP6 ::ffff:192.0.2.7 2001:db8::1 40000 443, 192.0.2.7",
    "PROXY UNKNOWN, 127.0.0.1",
    "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535, 127.0.0.1"
  })
  void headersOfVersion1(String line, String source) throws IOException {
    sourceIs(line + "\r\n", source);
  }

  @ParameterizedTest
  @CsvSource({
    "TCP over IPv6, 21 21 0024 20010db8000000000000000000000007 20010db8000000000000000000000001"
        + " 9c40 01bb, 2001:db8::7",
    "LOCAL with an address, 20 11 000c c0000207 c6336401 9c40 01bb, 127.0.0.1",
    "LOCAL without, 20 00 0000, 127.0.0.1",
    "unspecified, 21 00 0000, 127.0.0.1",
    "UDP, 21 12 000c c0000207 c6336401 9c40 01bb, 127.0.0.1"
  })
  void headersOfVersion2(String what, String header, String source) throws IOException {
    assertThat(what).isNotEmpty();
    sourceIs(v2(header), source);
  }

  private void sourceIs(String header, String source) throws IOException {
    try (TestGateway gateway = gateway("127.0.0.1", "");
        RawClient client = new RawClient(gateway.address())) {
      assertThat(client.send(header + own()).read("GET").status()).isEqualTo(200);
      assertThat(gateway.logged("\"status\":200")).contains("\"source\":\"%s\"".formatted(source));
    }
  }

  /** Octet by octet, each in a segment of its own. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aHeaderMayComeInPieces(int version) throws IOException {
    String all = (version == 1 ? V1 : V2) + own();
    try (TestGateway gateway = gateway("127.0.0.1", "");
        RawClient client = new RawClient(gateway.address())) {
      for (int i = 0; i < all.length(); i++) {
        client.send(all.substring(i, i + 1));
      }
      assertThat(client.read("GET").status()).isEqualTo(200);
      assertThat(gateway.logged("\"status\":200")).contains("\"source\":\"192.0.2.7\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: api.test\r\n\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 40000\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 40000 443 x\r\n",
        "PROXY TCP4 192.0.2.777 198.51.100.1 40000 443\r\n",
        "PROXY TCP4 2001:db8::7 2001:db8::1 40000 443\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 40000 65536\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 -1 443\r\n",
        "PROXY TCP5 192.0.2.7 198.51.100.1 40000 443\r\n",
        "proxy TCP4 192.0.2.7 198.51.100.1 40000 443\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 40000 443"
            + "                                                                    \r\n"
      })
  void whatBeginsInAnotherWayIsClosedWithoutAWord(String begun) throws IOException {
    closed("127.0.0.1", begun + own(), "it does not begin with a header of the PROXY protocol");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "31 11 000c c0000207 c6336401 9c40 01bb",
        "22 11 000c c0000207 c6336401 9c40 01bb",
        "21 11 0008 c0000207 c6336401",
        "21 41 000c c0000207 c6336401 9c40 01bb"
      })
  void soIsAMalformedHeaderOfVersion2(String header) throws IOException {
    closed(
        "127.0.0.1", v2(header) + own(), "it does not begin with a header of the PROXY protocol");
  }

  @Test
  void soIsWhoIsNoTrustedProxyWhateverItSays() throws IOException {
    closed("192.0.2.0/24", V1 + own(), "it is none of trustedProxies");
  }

  static Stream<String> incomplete() {
    return Stream.of("", "PROXY TCP4 192.0.2.7", v2("21 11 ffff c0000207 c6336401 9c40 01bb"));
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  void soIsWhoIsTooSlow(String begun) throws IOException {
    try (LogLines log = LogLines.of("dev.discreet.http.ProxyHeader");
        TestGateway gateway = gateway("127.0.0.1", "timeouts: {header: 200ms}");
        RawClient client = new RawClient(gateway.address())) {
      assertThat(client.send(begun).readToEnd()).isEmpty();
      assertThat(log.lines()).singleElement().asString().contains("its header took too long");
    }
  }

  private void closed(String proxies, String begun, String why) throws IOException {
    try (LogLines log = LogLines.of("dev.discreet.http.ProxyHeader");
        TestGateway gateway = gateway(proxies, "")) {
      for (int i = 0; i < 2; i++) {
        try (RawClient client = new RawClient(gateway.address())) {
          assertThat(client.send(begun).readToEnd()).isEmpty();
        }
      }
      assertThat(log.lines())
          .as("told once a minute")
          .singleElement()
          .asString()
          .contains(CLOSED, why);
      assertThat(gateway.log()).isEmpty();
    }
    assertThat(world.api().heads()).isZero();
  }

  /** A check of a balancer's: it connects and leaves. */
  @Test
  void whoLeavesWithoutAWordIsNotTold() throws IOException {
    try (LogLines log = LogLines.of("dev.discreet.http.ProxyHeader");
        TestGateway gateway = gateway("127.0.0.1", "");
        RawClient client = new RawClient(gateway.address())) {
      assertThat(client.finish().readToEnd()).isEmpty();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void addressesAreCountedAsTheProxyTellsThem() throws IOException {
    try (TestGateway gateway = gateway("127.0.0.1", "limits: {connectionsPerAddress: 1}");
        RawClient first = new RawClient(gateway.address())) {
      assertThat(first.send(V1 + own()).read("GET").status()).isEqualTo(200);
      try (RawClient same = new RawClient(gateway.address());
          RawClient other = new RawClient(gateway.address())) {
        assertThat(same.send(V2 + own()).read("GET").status()).isEqualTo(503);
        assertThat(gateway.logged("\"status\":503")).contains("\"source\":\"192.0.2.7\"");
        assertThat(other.send(V1.replace("192.0.2.7", "192.0.2.8") + own()).read("GET").status())
            .isEqualTo(200);
      }
      assertThat(first.send(own()).read("GET").status()).as("unharmed").isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theHeaderStandsBeforeTls(int version) throws Exception {
    try (TestGateway gateway = gateway("127.0.0.1", "");
        Socket plain =
            new Socket(
                InetAddress.getLoopbackAddress(),
                gateway.server().addresses().getLast().getPort())) {
      String header = version == 1 ? V1 : V2;
      plain.getOutputStream().write(header.getBytes(StandardCharsets.ISO_8859_1));
      try (SSLSocket tls = TlsWorld.over(plain, TlsWorld.SERVER.client(null));
          RawClient client = new RawClient(tls)) {
        assertThat(client.send(own()).read("GET").status()).isEqualTo(200);
        assertThat(gateway.logged("\"status\":200")).contains("\"source\":\"192.0.2.7\"");
        assertThat(world.api().seen().getLast().values("x-forwarded-proto"))
            .containsExactly("https");
      }
    }
  }

  @Test
  void http2ComesBehindItToo() throws Exception {
    try (TestGateway gateway = gateway("127.0.0.1", "");
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), gateway.address().getPort())) {
      plain.getOutputStream().write(V2.getBytes(StandardCharsets.ISO_8859_1));
      try (RawHttp2 client = new RawHttp2(plain)) {
        client.send(1, RawHttp2.request("GET", OWN, "authorization", bearer()));
        assertThat(client.await(1).status()).isEqualTo(200);
        assertThat(gateway.logged("\"status\":200")).contains("\"source\":\"192.0.2.7\"");
        assertThat(world.api().seen().getLast().values("x-forwarded-for"))
            .containsExactly("192.0.2.7");
      }
    }
  }

  private String bearer() {
    return caller().substring("Authorization: ".length());
  }
}
