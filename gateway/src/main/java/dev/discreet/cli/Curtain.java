package dev.discreet.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An output that nobody sees until it is opened: the demo's own requests are shown by its tour. */
final class Curtain extends FilterOutputStream {
  private volatile boolean open;

  Curtain(OutputStream out) {
    super(out);
  }

  void open() {
    open = true;
  }

  @Override
  public void write(int octet) throws IOException {
    if (open) {
      out.write(octet);
    }
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    if (open) {
      out.write(octets, offset, length);
    }
  }
}
