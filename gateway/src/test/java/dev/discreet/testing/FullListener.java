package dev.discreet.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port on which nobody accepts, and whose queue is full: a SYN goes unanswered. */
public final class FullListener implements AutoCloseable {
  private static final int SILENCE_MILLIS = 300;

  private final ServerSocket listener;
  private final List<Socket> queue = new ArrayList<>();

  /** Fills the queue of a free port. */
  public FullListener() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    InetSocketAddress address =
        new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    while (queue.size() < 100) {
      Socket socket = new Socket();
      try {
        socket.connect(address, SILENCE_MILLIS);
        queue.add(socket);
      } catch (SocketTimeoutException full) {
        socket.close();
        return;
      }
    }
    throw new AssertionError("a backlog of 1 took 100 connections");
  }

  /** {@return its port} */
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket one : queue) {
      one.close();
    }
    listener.close();
  }
}
