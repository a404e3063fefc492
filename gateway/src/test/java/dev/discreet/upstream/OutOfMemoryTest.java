package dev.discreet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.testing.FailingAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.junit.jupiter.api.Test;

/** Our own want of memory is not taken for the upstream's doing. */
class OutOfMemoryTest {
  private static final String BEGUN = "HTTP/1.1 200 OK\r\n\r\nbegun";

  private final FailingAllocator memory = new FailingAllocator();
  private final RecordingSink sink = new RecordingSink();

  private Channel channel() {
    NioSocketChannel channel = new NioSocketChannel();
    channel.config().setAllocator(memory);
    return channel;
  }

  /** Asks for something that may be sent again. */
  private String ended(RawUpstream api) throws Exception {
    ChannelFactory<Channel> channels = this::channel;
    try (Fixture gateway =
        new Fixture(Fixture.config(api.port(), Fixture.Settings.usual()), channels)) {
      gateway.forward(gateway.loop, sink, "GET", false);
      return sink.ended();
    }
  }

  @Test
  void anAnswerThatCanNotBeReadIs503AndIsNotAskedForAgain() throws Exception {
    RawUpstream.Script script =
        (connection, number) -> {
          RawUpstream.readHead(connection);
          memory.failReads();
          RawUpstream.write(connection, BEGUN);
          RawUpstream.rest(connection);
        };
    try (RawUpstream api = new RawUpstream(script)) {
      assertThat(ended(api)).isEqualTo("NO_MEMORY");
      assertThat(sink.reason).isEqualTo("the gateway is out of memory");
      assertThat(api.connections()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerThatCanNotBeReadToItsEndIsCut() throws Exception {
    RawUpstream.Script script =
        (connection, number) -> {
          RawUpstream.readHead(connection);
          RawUpstream.write(connection, BEGUN);
          sink.headCame.join();
          memory.failReads();
          RawUpstream.write(connection, "more");
          RawUpstream.rest(connection);
        };
    try (RawUpstream api = new RawUpstream(script)) {
      assertThat(ended(api)).as("though its end would be that of its body").isEqualTo("cut");
      assertThat(sink.reason).isEqualTo("the gateway is out of memory");
    }
  }

  @Test
  void aRequestThatCanNotBeWrittenIs503() throws Exception {
    memory.failWrites();
    try (RawUpstream api = new RawUpstream((connection, number) -> RawUpstream.rest(connection))) {
      assertThat(ended(api)).isEqualTo("NO_MEMORY");
      assertThat(sink.reason).isEqualTo("the gateway is out of memory");
    }
  }
}
