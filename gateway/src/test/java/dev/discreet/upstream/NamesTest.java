package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.config.UpstreamConfig;
import dev.discreet.config.UpstreamConfig.Address;
import dev.discreet.config.UpstreamConfig.Health;
import dev.discreet.testing.Eventually;
import dev.discreet.testing.NameServer;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Names in the URLs of upstreams, by a name server of the test's own. */
class NamesTest {
  private static final String NAME = "api.example.test";
  private static final Health USUAL = new Health(5, Duration.ofSeconds(10), null);

  /** Answers requests, and keeps their connections. */
  private static final class Counted implements AutoCloseable {
    private final AtomicInteger requests = new AtomicInteger();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final RawUpstream upstream;

    Counted(String literal, int port) {
      upstream =
          new RawUpstream(
              new InetSocketAddress(InetAddress.ofLiteral(literal), port),
              (connection, number) -> {
                while (!RawUpstream.readHead(connection).isEmpty()) {
                  requests.incrementAndGet();
                  RawUpstream.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                }
                ended.complete(null);
              });
    }

    @Override
    public void close() {
      upstream.close();
    }
  }

  private static Fixture before(NameServer names, int port) {
    return new Fixture(
        Fixture.config(List.of(new Address(NAME, port, NAME + ":" + port)), USUAL),
        asking(names.address()));
  }

  private static DnsAddressResolverGroup asking(InetSocketAddress names) {
    return new DnsAddressResolverGroup(
        NioDatagramChannel.class, new SingletonDnsServerAddressStreamProvider(names));
  }

  private static RecordingSink ask(Fixture gateway) throws Exception {
    RecordingSink sink = new RecordingSink();
    gateway.forward(gateway.loop, sink, "GET", false);
    sink.ended();
    gateway.loop.submit(() -> {}).get();
    return sink;
  }

  @Test
  void everyAddressOfANameIsOneOfTheUpstream() throws Exception {
    try (NameServer names = new NameServer();
        Counted one = new Counted("127.0.0.1", 0);
        Counted other = new Counted("127.0.0.2", one.upstream.port());
        Fixture gateway = before(names, one.upstream.port())) {
      names.say(NAME, 60, "127.0.0.1", "127.0.0.2");
      for (int i = 0; i < 40; i++) {
        assertThat(ask(gateway).ended()).isEqualTo("done");
      }
      assertThat(one.requests.get()).isPositive();
      assertThat(other.requests.get()).isPositive();
      assertThat(names.asked()).as("A and AAAA, once each").isEqualTo(2);
    }
  }

  @Test
  void f24ANameThatThereIsNotYet() throws Exception {
    try (NameServer names = new NameServer();
        Counted api = new Counted("127.0.0.1", 0);
        Fixture gateway = before(names, api.upstream.port())) {
      RecordingSink none = ask(gateway);
      assertThat(none.ended()).isEqualTo("UNAVAILABLE");
      assertThat(none.reason).isEqualTo("its name is not resolved");
      names.say(NAME, 60, "127.0.0.1");
      Eventually.holds("recovers by itself", () -> ask(gateway).ended().equals("done"));
    }
  }

  @Test
  void f26AnAnswerThatChanges() throws Exception {
    try (NameServer names = new NameServer();
        Counted old = new Counted("127.0.0.1", 0);
        Counted next = new Counted("127.0.0.2", old.upstream.port());
        Fixture gateway = before(names, old.upstream.port())) {
      names.say(NAME, 1, "127.0.0.1");
      assertThat(ask(gateway).ended()).isEqualTo("done");
      names.say(NAME, 1, "127.0.0.2");
      Eventually.holds(
          "goes to the new address",
          () -> {
            assertThat(ask(gateway).ended()).isEqualTo("done");
            return next.requests.get() > 0;
          });
      Eventually.holds("what rested at the old one is closed", () -> old.ended.isDone());
      int before = old.requests.get();
      for (int i = 0; i < 10; i++) {
        assertThat(ask(gateway).ended()).isEqualTo("done");
      }
      assertThat(old.requests).hasValue(before);
    }
  }

  /** Whoever can't answer does not say that there is nothing: what was known stays known. */
  @Test
  void aNameServerThatFailsChangesNothing() throws Exception {
    try (NameServer names = new NameServer();
        Counted api = new Counted("127.0.0.1", 0);
        Fixture gateway = before(names, api.upstream.port())) {
      names.say(NAME, 1, "127.0.0.1");
      assertThat(ask(gateway).ended()).isEqualTo("done");
      names.failing(true);
      int before = names.asked();
      Eventually.holds("asked in vain", () -> names.asked() > before + 6);
      assertThat(ask(gateway).ended()).isEqualTo("done");
    }
  }

  /** An address that a name does not stand for any more may be somebody else's by now. */
  @Test
  void aNameThatIsNoMoreIsNotGoneTo() throws Exception {
    try (NameServer names = new NameServer();
        Counted api = new Counted("127.0.0.1", 0);
        Fixture gateway = before(names, api.upstream.port())) {
      names.say(NAME, 1, "127.0.0.1");
      assertThat(ask(gateway).ended()).isEqualTo("done");
      names.deny(NAME);
      Eventually.holds("unavailable", () -> ask(gateway).ended().equals("UNAVAILABLE"));
      api.ended.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aNameServerThatSaysNothingIsNotWaitedForLongerThanToConnect() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Fixture gateway = impatient((InetSocketAddress) silent.getLocalSocketAddress())) {
      RecordingSink sink = ask(gateway);
      assertThat(sink.ended()).isEqualTo("UNAVAILABLE");
      assertThat(sink.reason).isEqualTo("its name is not resolved");
    }
  }

  /** The resolver itself waits for five seconds before it asks once more, and again. */
  private static Fixture impatient(InetSocketAddress names) {
    UpstreamConfig usual = Fixture.config(List.of(new Address(NAME, 80, NAME)), USUAL);
    return new Fixture(
        new UpstreamConfig(
            usual.name(),
            usual.addresses(),
            usual.basePath(),
            usual.http2(),
            usual.tls(),
            usual.rewriteHost(),
            new UpstreamConfig.Timeouts(
                Duration.ofMillis(200), usual.timeouts().response(), usual.timeouts().idle()),
            usual.connections(),
            usual.retries(),
            usual.health(),
            usual.probe(),
            null),
        asking(names));
  }
}
