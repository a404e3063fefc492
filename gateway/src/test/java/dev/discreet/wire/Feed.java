package dev.discreet.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Feeds octets to a decoder and tells what came of them. */
final class Feed {
  static final DecoderLimits LIMITS = new DecoderLimits(32 * 1024, 100, 8 * 1024);

  private Feed() {}

  /** {@return the octets as one piece} */
  static List<String> whole(String raw) {
    return List.of(raw);
  }

  /** {@return a piece for every octet} */
  static List<String> octets(String raw) {
    return raw.chars().mapToObj(octet -> String.valueOf((char) octet)).toList();
  }

  /** {@return pieces of random lengths} */
  static List<String> pieces(String raw, Random random) {
    List<String> pieces = new ArrayList<>();
    for (int from = 0; from < raw.length(); ) {
      int to = Math.min(raw.length(), from + 1 + random.nextInt(40));
      pieces.add(raw.substring(from, to));
      from = to;
    }
    return pieces;
  }

  /** {@return what comes of requests, each exchange over at once, and of FIN if {@code end}} */
  static String requests(List<String> pieces, boolean end) {
    RequestDecoder decoder = new RequestDecoder(() -> LIMITS);
    Transcript transcript = new Transcript(decoder::resume);
    EmbeddedChannel channel = new EmbeddedChannel(decoder, transcript);
    feed(channel, pieces, end);
    return transcript.toString();
  }

  /** {@return what comes of requests of which no exchange ends} */
  static String firstRequest(String raw) {
    Transcript transcript = new Transcript(() -> {});
    EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder(() -> LIMITS), transcript);
    feed(channel, whole(raw), false);
    return transcript.toString();
  }

  /** {@return what comes of an answer; then whether the connection may be used again} */
  static String response(HttpMethod method, List<String> pieces, boolean end) {
    ResponseDecoder decoder = new ResponseDecoder(LIMITS);
    Transcript transcript = new Transcript(() -> {});
    EmbeddedChannel channel = new EmbeddedChannel(decoder, transcript);
    decoder.expect(method);
    writeWhileOpen(channel, pieces);
    String reusable = decoder.reusable() ? "reusable" : "spent";
    feed(channel, List.of(), end);
    return transcript + reusable;
  }

  static void write(EmbeddedChannel channel, String raw) {
    channel.writeInbound(Unpooled.copiedBuffer(raw, StandardCharsets.ISO_8859_1));
  }

  static void end(EmbeddedChannel channel) {
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
  }

  private static void feed(EmbeddedChannel channel, List<String> pieces, boolean end) {
    writeWhileOpen(channel, pieces);
    if (end) {
      end(channel);
    }
    channel.finishAndReleaseAll();
  }

  private static void writeWhileOpen(EmbeddedChannel channel, List<String> pieces) {
    for (String piece : pieces) {
      if (channel.isOpen()) {
        write(channel, piece);
      }
    }
  }
}
