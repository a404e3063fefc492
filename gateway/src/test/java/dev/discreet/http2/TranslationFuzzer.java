package dev.discreet.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discreet.wire.DecoderLimits;
import dev.discreet.wire.GrammarException;
import dev.discreet.wire.RequestDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Whatever a head of HTTP/2 is made of, it is refused, or what is written of it in HTTP/1.1 is read
 * as the very request that was made of it, and as one. {@link TranslationFuzzTest} feeds it some
 * thousand inputs; the profile {@code fuzz} has Jazzer look for worse ones.
 */
public final class TranslationFuzzer {
  private static final DecoderLimits LIMITS = new DecoderLimits(4096, 50, 1024);

  /** Larger than what the other may make, which adds a length. */
  private static final DecoderLimits READER = new DecoderLimits(16384, 100, 4096);

  private TranslationFuzzer() {}

  /**
   * Makes a request of fields: behind an octet that says whether the stream ends, names and values
   * by turns, each up to a zero octet.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0) {
      isAccepted(input);
    }
  }

  /** {@return whether it is a request} */
  static boolean isAccepted(byte[] input) {
    boolean ended = (input[0] & 1) == 0;
    HttpRequest request;
    try {
      request = RequestFields.head(fields(input), ended, LIMITS);
    } catch (GrammarException refused) {
      return false;
    }
    if (request.method().equals(HttpMethod.CONNECT)
        || request.uri().chars().anyMatch(octet -> octet > '~')) {
      // The guards refuse these two.
      return false;
    }
    List<Object> read = reread(request);
    try {
      assertThat(read.getFirst()).isInstanceOf(HttpRequest.class);
      HttpRequest other = (HttpRequest) read.getFirst();
      assertThat(other.method()).isEqualTo(request.method());
      assertThat(other.uri()).isEqualTo(request.uri());
      assertThat(entries(other)).isEqualTo(entries(request));
      assertThat(read.stream().filter(HttpRequest.class::isInstance)).hasSize(1);
    } finally {
      read.forEach(ReferenceCountUtil::release);
    }
    return true;
  }

  private static List<Map.Entry<String, String>> entries(HttpRequest request) {
    return request.headers().entries().stream()
        .map(field -> Map.entry(field.getKey(), field.getValue()))
        .toList();
  }

  private static FieldList fields(byte[] input) {
    String[] parts =
        new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1).split("\0", -1);
    FieldList list = FieldList.empty();
    for (int i = 0; i + 1 < parts.length; i += 2) {
      list.add(parts[i], parts[i + 1]);
    }
    return list;
  }

  /** {@return what is read of what is written, with an end of the body where one is awaited} */
  private static List<Object> reread(HttpRequest request) {
    EmbeddedChannel writer = new EmbeddedChannel(new HttpRequestEncoder());
    EmbeddedChannel reader = new EmbeddedChannel(new RequestDecoder(() -> READER));
    try {
      writer.writeOutbound(ReferenceCountUtil.retain(request));
      ByteBuf octets = writer.readOutbound();
      if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
        octets.writeCharSequence("0\r\n\r\n", StandardCharsets.US_ASCII);
      }
      reader.writeInbound(octets);
      return List.copyOf(reader.inboundMessages());
    } finally {
      writer.finishAndReleaseAll();
      reader.inboundMessages().clear();
      reader.finishAndReleaseAll();
    }
  }
}
