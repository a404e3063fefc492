package dev.discreet.identity;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Answers one connection with octets that no decent server would send, then waits for its end. */
final class RawSource implements AutoCloseable {
  private final ServerSocket server;
  private final CompletableFuture<String> request = new CompletableFuture<>();

  RawSource(String answer, boolean fin) throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(() -> serve(answer, fin));
  }

  private void serve(String answer, boolean fin) {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      request.complete(head.toString());
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      if (fin) {
        socket.shutdownOutput();
      }
      in.readAllBytes();
    } catch (IOException e) {
      request.completeExceptionally(e);
    }
  }

  CompletableFuture<String> request() {
    return request;
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
