package dev.discreet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.discreet.client.ConnectionFailure;
import dev.discreet.client.Egress;
import dev.discreet.client.ProviderClient;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A source of keys may be slow, huge, wrong or somebody else. */
class KeySetFetcherTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = loops.next();
  private final DnsAddressResolverGroup resolver =
      new DnsAddressResolverGroup(
          NioDatagramChannel.class, DnsServerAddressStreamProviders.platformDefault());

  @AfterEach
  void stop() {
    resolver.close();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private KeySetFetcher fetcher(Duration patience) {
    return new KeySetFetcher(new ProviderClient(NioSocketChannel::new, resolver), patience);
  }

  private KeyDocument fetch(URI url, Duration patience) throws Exception {
    return fetch(url, Egress.direct(), patience);
  }

  private KeyDocument fetch(URI url, Egress egress, Duration patience) throws Exception {
    KeySetFetcher fetcher = fetcher(patience);
    return loop.submit(() -> fetcher.fetch(url, egress, loop)).get().get(10, TimeUnit.SECONDS);
  }

  /** What the operator is told of a source that can't be asked. */
  private String failure(URI url) {
    Throwable thrown = catchThrowable(() -> fetch(url, PATIENCE));
    return ConnectionFailure.words(Objects.requireNonNull(thrown.getCause()));
  }

  private String fetch(String answer, boolean fin) throws Exception {
    try (RawSource source = new RawSource(answer, fin)) {
      KeyDocument document = fetch(source.url("/keys"), PATIENCE);
      return new String(document.octets(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void asksForExactlyItsUrl() throws Exception {
    try (RawSource source = new RawSource(OK + "content-length: 0\r\n\r\n", false)) {
      URI url = source.url("/a%2Fb;c?d=%20e");
      fetch(url, PATIENCE);
      assertThat(source.request().get(5, TimeUnit.SECONDS))
          .startsWith("GET /a%2Fb;c?d=%20e HTTP/1.1\r\n")
          .contains("host: " + url.getRawAuthority() + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-length: 4\r\n\r\nkeys",
        "transfer-encoding: chunked\r\n\r\n2\r\nke\r\n2\r\nys\r\n0\r\n\r\n",
        "\r\nkeys"
      })
  void readsEachKindOfBody(String rest) throws Exception {
    assertThat(fetch(OK + rest, rest.startsWith("\r\n"))).isEqualTo("keys");
  }

  @Test
  void passesOverInterimAnswers() throws Exception {
    String hints = "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";
    assertThat(fetch(hints + hints + OK + "content-length: 4\r\n\r\nkeys", false))
        .isEqualTo("keys");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 302 Found~location: /x~content-length: 0~~|answered 302 Found",
        "HTTP/1.1 204 No Content~~|answered 204 No Content",
        "HTTP/1.1 500 Broken~content-length: 0~~|answered 500 Broken",
        "HTTP/1.1 101 Switching Protocols~~|answered 101 Switching Protocols",
        "HTTP/1.1 200 OK~content-length: 1~content-length: 2~~{}|content-length",
        "HTTP/1.1 200 OK~content-length: 400~~{|ended within the body",
        "HTTP/1.1 200 OK~content-len|ended within the head",
        "nonsense~~|",
        "''|connection ended"
      })
  void whatIsNoGoodAnswerIsNone(String answer, String why) {
    String message = why == null ? "" : why;
    assertThatThrownBy(() -> fetch(answer.replace("~", "\r\n"), true))
        .hasStackTraceContaining(message)
        .hasStackTraceContaining("IOException");
  }

  @ParameterizedTest
  @CsvSource({"524288,true", "524289,false", "50000000,false"})
  void sizeIsCapped(int octets, boolean accepted) throws Exception {
    String answer = OK + "content-length: " + octets + "\r\n\r\n" + "a".repeat(octets);
    if (accepted) {
      assertThat(fetch(answer, false)).hasSize(octets);
    } else {
      assertThatThrownBy(() -> fetch(answer, false)).hasStackTraceContaining("more than 512 KiB");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345"})
  void timeIsCapped(String answer) throws Exception {
    try (RawSource source = new RawSource(answer, false)) {
      assertThatThrownBy(() -> fetch(source.url("/"), Duration.ofMillis(300)))
          .hasStackTraceContaining("no answer in time");
    }
  }

  @Test
  void patienceMayBeLongerThanAnySocketKnows() throws Exception {
    try (RawSource source = new RawSource(OK + "content-length: 0\r\n\r\n", false)) {
      assertThat(fetch(source.url("/"), Duration.ofHours(1000)).octets()).isEmpty();
    }
  }

  @Test
  void nobodyThereIsAFailure() throws Exception {
    URI url;
    try (RawSource source = new RawSource("", true)) {
      url = source.url("/");
    }
    assertThat(failure(url)).startsWith("can't connect: Connection refused");
  }

  @ParameterizedTest
  @CsvSource({
    "max-age=600,600", "'public, MAX-AGE=600',600", "max-age=0,60", "max-age=99999999999,300",
    "max-age=999999,3600", "no-store,300", "max-age=x,300", "s-maxage=7,300"
  })
  void freshnessIsHeardWithinBounds(String cacheControl, long seconds) throws Exception {
    String answer = OK + "cache-control: " + cacheControl + "\r\ncontent-length: 0\r\n\r\n";
    try (RawSource source = new RawSource(answer, false)) {
      assertThat(fetch(source.url("/"), PATIENCE).fresh()).isEqualTo(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void overTlsTheSourceMustProveItsName(@TempDir Path folder) throws Exception {
    try (TlsSource source = new TlsSource(folder)) {
      assertThat(failure(source.url("localhost")))
          .as("a certificate that nobody trusts")
          .isEqualTo("no TLS: unable to find valid certification path to requested target");
      source.trusted(
          () -> {
            KeyDocument document = fetch(source.url("localhost"), PATIENCE);
            assertThat(document.octets()).asString(StandardCharsets.UTF_8).isEqualTo("keys");
            assertThat(failure(source.url("127.0.0.1")))
                .as("a certificate of another name")
                .startsWith("no TLS: No subject alternative names");
          });
    }
  }

  @Test
  void aTrustOfItsOwnTakesThePlaceOfTheSystems(@TempDir Path folder, @TempDir Path other)
      throws Exception {
    try (TlsSource source = new TlsSource(folder);
        TlsSource stranger = new TlsSource(other)) {
      Egress egress = Egress.of(source.certificate(), null);
      assertThat(fetch(source.url("localhost"), egress, PATIENCE).octets()).hasSize(4);
      assertThatThrownBy(() -> fetch(stranger.url("localhost"), egress, PATIENCE))
          .hasStackTraceContaining(SSLException.class.getPackageName());
    }
  }

  @Test
  void aProxyIsAskedToConnect(@TempDir Path folder) throws Exception {
    try (TlsSource source = new TlsSource(folder);
        ConnectProxy proxy = new ConnectProxy("200 Connected")) {
      Egress egress = Egress.of(source.certificate(), proxy.url("user:s3cret@"));
      assertThat(fetch(source.url("localhost"), egress, PATIENCE).octets()).hasSize(4);
      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .startsWith("CONNECT localhost:" + source.url("localhost").getPort() + " HTTP/1.1\r\n")
          .contains("Basic dXNlcjpzM2NyZXQ=");
    }
  }

  @Test
  void aProxyThatRefusesIsNotPassedBy(@TempDir Path folder) throws Exception {
    try (TlsSource source = new TlsSource(folder);
        ConnectProxy proxy = new ConnectProxy("407 Proxy Authentication Required")) {
      Egress egress = Egress.of(source.certificate(), proxy.url(""));
      assertThatThrownBy(() -> fetch(source.url("localhost"), egress, PATIENCE))
          .hasStackTraceContaining("407");
    }
  }
}
