package dev.discreet.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that carries out CONNECT (RFC 9110 §9.3.6), or answers with another status. */
final class ConnectProxy implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final String status;

  ConnectProxy(String status) throws IOException {
    this.status = status;
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      heads.add(head.toString());
      OutputStream out = client.getOutputStream();
      out.write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      if (status.startsWith("200")) {
        String[] peer = head.toString().split("[ :]", 4);
        try (Socket target = new Socket(peer[1], Integer.parseInt(peer[2].strip()))) {
          Thread back = Thread.ofVirtual().start(() -> copy(target, client));
          copy(client, target);
          back.join();
        }
      }
    } catch (IOException | InterruptedException e) {
      // What comes of it is for the client to see.
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of the two has gone.
    }
  }

  List<String> heads() {
    return heads;
  }

  URI url(String userInfo) {
    return URI.create("http://" + userInfo + "127.0.0.1:" + server.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
