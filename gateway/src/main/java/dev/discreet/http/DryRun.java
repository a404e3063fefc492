package dev.discreet.http;

import dev.discreet.config.GatewayConfig;
import dev.discreet.config.LimitsConfig;
import dev.discreet.config.ResourceMetadata;
import dev.discreet.config.TokenSource;
import dev.discreet.identity.Reason;
import dev.discreet.policy.AccessRequest;
import dev.discreet.policy.CanonicalPath;
import dev.discreet.policy.Decision;
import dev.discreet.wire.DecoderLimits;
import dev.discreet.wire.RequestDecoder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway reads and answers, without a connection: the very stations of {@link
 * GatewayPipeline} that refuse a request, verify its token and word its answer.
 */
public final class DryRun {
  private static final TokenSource BEARER = new TokenSource.Bearer();

  private final GatewayConfig config;
  private final Answers answers;

  /** A head of a request, after step 0. */
  public sealed interface Head {
    /** It is read in one way only. */
    record Read(AccessRequest request) implements Head {}

    /** It asks for what is public, whoever asks and whatever the routes say. */
    record Local(AccessRequest request, Answered answer) implements Head {}

    /** It is refused, whoever sends it. */
    record Refused(Answered answer, String reason) implements Head {}
  }

  /**
   * An answer that the gateway makes itself.
   *
   * @param decision what metrics and log call it (SPEC §8)
   * @param fields what it has beside the fields that all of them have, names in lower case
   */
  public record Answered(int status, String decision, Map<String, String> fields, String body) {}

  /** Runs as a gateway with this configuration would. */
  public DryRun(GatewayConfig config) {
    this.config = config;
    answers = new Answers(config);
  }

  /**
   * Reads a request line and a host (SPEC §2, step 0).
   *
   * @param target as a client writes it, percent-encoded
   * @param host the host field's value; empty for none, as in HTTP/1.0
   * @param source the client's address
   * @param authorization that field's value, or null for none
   * @param time when the head began
   */
  public Head read(
      String method,
      String target,
      String host,
      @Nullable String authorization,
      InetAddress source,
      Instant time) {
    String unfit = unfit(method, target, host, authorization);
    if (unfit != null) {
      return refused(Answers.rejected(400, unfit));
    }
    LimitsConfig limits = config.limits();
    EmbeddedChannel stations =
        new EmbeddedChannel(
            new RequestDecoder(
                () -> new DecoderLimits(limits.headers(), limits.headerCount(), limits.target())),
            new Opening(),
            new FramingGuard(exchange -> config.tokenFrom()),
            new TargetGuard(exchange -> config.paths()));
    try {
      String version = host.isEmpty() ? "HTTP/1.0" : "HTTP/1.1\r\nhost: " + host;
      String credential = authorization == null ? "" : "\r\nauthorization: " + authorization;
      String head = method + ' ' + target + ' ' + version + credential + "\r\n\r\n";
      stations.writeInbound(Unpooled.copiedBuffer(head, StandardCharsets.UTF_8));
      if (stations.readOutbound() instanceof Answer refusal) {
        return refused(refusal);
      }
      if (stations.readInbound() instanceof TargetedRequest request) {
        return read(request, source, time);
      }
      throw new IllegalArgumentException("is not one request: " + method + ' ' + target);
    } finally {
      stations.finishAndReleaseAll();
    }
  }

  private Head read(TargetedRequest read, InetAddress source, Instant time) {
    HttpMethod method = read.exchange().request().method();
    RequestTarget target = read.target();
    AccessRequest request =
        new AccessRequest(method.name(), target.host(), target.segments(), source, time);
    Answer document = answers.document(method, target);
    return document == null ? new Head.Read(request) : new Head.Local(request, answered(document));
  }

  /**
   * {@return what is public at this path in its canonical encoding, or null} The query is taken to
   * be the one that the document asks for.
   */
  public @Nullable Answered document(AccessRequest request) {
    ResourceMetadata metadata = config.resourceMetadata();
    if (metadata == null) {
      return null;
    }
    RequestTarget target =
        new RequestTarget(
            CanonicalPath.of(request.segments(), 0),
            metadata.resource().getRawQuery(),
            request.segments(),
            request.host());
    Answer document = answers.document(HttpMethod.valueOf(request.method()), target);
    return document == null ? null : answered(document);
  }

  /** What would end a part of the head sooner, so that the decoder blamed the next; or null. */
  private static @Nullable String unfit(
      String method, String target, String host, @Nullable String authorization) {
    if (endsWithin(method, " \r\n")) {
      return "a method that is no token";
    }
    if (endsWithin(target, " \r\n")) {
      return "a space or a line's end in the target";
    }
    if (endsWithin(host, "\r\n")) {
      return "a line's end in host";
    }
    return authorization != null && endsWithin(authorization, "\r\n")
        ? "a line's end in authorization"
        : null;
  }

  private static boolean endsWithin(String part, String ends) {
    return part.chars().anyMatch(c -> ends.indexOf(c) >= 0);
  }

  private static Head refused(Answer refusal) {
    return new Head.Refused(answered(refusal), String.valueOf(refusal.outcome().reason()));
  }

  /** {@return how a decision is answered that is not to forward} */
  public Answered answer(Decision refusal) {
    return answered(answers.of(refusal, BEARER));
  }

  /** {@return how row 1 is answered} */
  public Answered invalidToken(Reason reason) {
    return answered(answers.invalidToken(reason, BEARER));
  }

  /** {@return how row 1b is answered} */
  public Answered keysUnavailable(String issuer) {
    return answered(Answers.undecided("no keys of the issuer " + issuer));
  }

  private static Answered answered(Answer answer) {
    Map<String, String> fields = new LinkedHashMap<>();
    answer
        .fields()
        .forEach(
            field -> fields.merge(field.name(), field.value(), (one, two) -> one + ", " + two));
    return new Answered(
        answer.status().code(),
        answer.outcome().decision().label(),
        fields,
        new String(answer.body(), StandardCharsets.UTF_8));
  }

  /** Opens an exchange for a head that came from nowhere. */
  private static final class Opening extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ctx.fireChannelRead(
          message instanceof HttpRequest head
              ? new Exchange(System.nanoTime(), head, "", InetAddress.getLoopbackAddress(), null)
              : message);
    }
  }
}
