package dev.discreet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discreet.testing.Eventually;
import dev.discreet.testing.TestGateway;
import dev.discreet.testing.TestIssuer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** gRPC through the gateway, HTTP/2 on either side: grpc-java as client and as server. */
@Timeout(60)
class GrpcTest {
  private static final String LARGE = "x".repeat(200_000);

  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final TestIssuer issuer;
  private final Server server;
  private final TestGateway gateway;
  private final ManagedChannel channel;

  GrpcTest() throws Exception {
    issuer = new TestIssuer();
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(service())
            .build()
            .start();
    gateway =
        TestGateway.start(
            Map.of(
                "gateway.yaml",
                """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                issuers: {main: {issuer: '%s', audiences: [tests], jwks: '%s/jwks'}}
                upstreams: {api: {url: 'http://127.0.0.1:%d', protocol: h2}}
                routes:
                  - {path: '/talk/{method}', upstream: api, methods: {POST: talk}}
                grants:
                  - {to: {subject: alice}, permissions: [talk], resources: /talk/*}
                """
                    .formatted(issuer.issuer(), issuer.issuer(), server.getPort())));
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", gateway.address().getPort())
            .usePlaintext()
            .build();
  }

  @AfterEach
  void stop() throws IOException {
    channel.shutdownNow();
    gateway.close();
    server.shutdownNow();
    issuer.close();
  }

  /** Texts as messages, so that no code need be generated. */
  private static final MethodDescriptor.Marshaller<String> TEXT =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(String value) {
          return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
          try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private static MethodDescriptor<String, String> method(String name, MethodType type) {
    return MethodDescriptor.newBuilder(TEXT, TEXT)
        .setFullMethodName("talk/" + name)
        .setType(type)
        .build();
  }

  private static final MethodDescriptor<String, String> ECHO = method("echo", MethodType.UNARY);
  private static final MethodDescriptor<String, String> COUNT =
      method("count", MethodType.SERVER_STREAMING);
  private static final MethodDescriptor<String, String> JOIN =
      method("join", MethodType.CLIENT_STREAMING);
  private static final MethodDescriptor<String, String> CHAT =
      method("chat", MethodType.BIDI_STREAMING);

  private ServerServiceDefinition service() {
    return ServerServiceDefinition.builder("talk")
        .addMethod(ECHO, ServerCalls.asyncUnaryCall(this::echo))
        .addMethod(COUNT, ServerCalls.asyncServerStreamingCall(GrpcTest::count))
        .addMethod(JOIN, ServerCalls.asyncClientStreamingCall(GrpcTest::join))
        .addMethod(CHAT, ServerCalls.asyncBidiStreamingCall(GrpcTest::chat))
        .build();
  }

  private void echo(String request, StreamObserver<String> answer) {
    switch (request) {
      case "fail" ->
          answer.onError(Status.FAILED_PRECONDITION.withDescription("no").asRuntimeException());
      case "never" ->
          ((ServerCallStreamObserver<String>) answer).setOnCancelHandler(() -> cancelled.set(true));
      default -> {
        answer.onNext(request);
        answer.onCompleted();
      }
    }
  }

  private static void count(String request, StreamObserver<String> answer) {
    for (int i = 0; i < Integer.parseInt(request); i++) {
      answer.onNext(String.valueOf(i));
    }
    answer.onCompleted();
  }

  private static StreamObserver<String> join(StreamObserver<String> answer) {
    List<String> parts = new ArrayList<>();
    return new Observer(parts::add) {
      @Override
      public void onCompleted() {
        answer.onNext(String.join("+", parts));
        answer.onCompleted();
      }
    };
  }

  private static StreamObserver<String> chat(StreamObserver<String> answer) {
    return new Observer(said -> answer.onNext("you said " + said)) {
      @Override
      public void onCompleted() {
        answer.onCompleted();
      }
    };
  }

  /** What is done with each message. */
  private static class Observer implements StreamObserver<String> {
    private final Consumer<String> each;
    private final CompletableFuture<Status> ended = new CompletableFuture<>();

    Observer(Consumer<String> each) {
      this.each = each;
    }

    @Override
    public void onNext(String value) {
      each.accept(value);
    }

    @Override
    public void onError(Throwable cause) {
      ended.complete(Status.fromThrowable(cause));
    }

    @Override
    public void onCompleted() {
      ended.complete(Status.OK);
    }
  }

  private Channel as(String subject) {
    Metadata metadata = new Metadata();
    metadata.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + issuer.token(subject, Map.of()));
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  private static String unary(Channel through, String request) {
    return ClientCalls.blockingUnaryCall(through, ECHO, CallOptions.DEFAULT, request);
  }

  @Test
  void oneForOne() {
    assertThat(unary(as("alice"), "hello")).isEqualTo("hello");
    assertThat(unary(as("alice"), LARGE)).isEqualTo(LARGE);
    assertThat(gateway.logged("/talk/echo")).contains("\"status\":200", "\"subject\":\"alice\"");
  }

  @Test
  void theServersOwnStatusPasses() {
    assertThatThrownBy(() -> unary(as("alice"), "fail"))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("FAILED_PRECONDITION: no");
  }

  @Test
  void manyForOne() {
    Iterator<String> answers =
        ClientCalls.blockingServerStreamingCall(as("alice"), COUNT, CallOptions.DEFAULT, "1000");
    List<String> all = new ArrayList<>();
    answers.forEachRemaining(all::add);
    assertThat(all).hasSize(1000).endsWith("999");
  }

  @Test
  void oneForMany() throws Exception {
    List<String> answers = new ArrayList<>();
    Observer observer = new Observer(answers::add);
    StreamObserver<String> call =
        ClientCalls.asyncClientStreamingCall(
            as("alice").newCall(JOIN, CallOptions.DEFAULT), observer);
    call.onNext("a");
    call.onNext("b");
    call.onCompleted();
    assertThat(observer.ended.get(10, TimeUnit.SECONDS)).isEqualTo(Status.OK);
    assertThat(answers).containsExactly("a+b");
  }

  @Test
  void manyForMany() throws Exception {
    LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    Observer observer = new Observer(answers::add);
    StreamObserver<String> call =
        ClientCalls.asyncBidiStreamingCall(
            as("alice").newCall(CHAT, CallOptions.DEFAULT), observer);
    for (String word : List.of("one", "two", "three")) {
      call.onNext(word);
      assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo("you said " + word);
    }
    call.onCompleted();
    assertThat(observer.ended.get(10, TimeUnit.SECONDS)).isEqualTo(Status.OK);
  }

  @Test
  void aDeadlineEndsTheCallOnBothSides() {
    CallOptions soon = CallOptions.DEFAULT.withDeadlineAfter(500, TimeUnit.MILLISECONDS);
    assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(as("alice"), ECHO, soon, "never"))
        .hasMessageContaining("DEADLINE_EXCEEDED");
    Eventually.holds("the server knows", cancelled::get);
  }

  /** SPEC §3: refusals are trailers-only, and what is hidden is what is not there. */
  @Test
  void whoMayNotIsTold() {
    assertThatThrownBy(() -> unary(channel, "hello")).hasMessage("UNAUTHENTICATED: Unauthorized");
    assertThatThrownBy(() -> unary(as("bob"), "hello")).hasMessage("NOT_FOUND: Not Found");
  }

  @Test
  void aServerThatIsAwayIsUnavailable() {
    server.shutdownNow();
    assertThatThrownBy(() -> unary(as("alice"), "hello"))
        .hasMessageStartingWith("UNAVAILABLE: Bad Gateway");
  }
}
