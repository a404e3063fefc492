package dev.discreet.telemetry;

import java.io.IOException;
import java.io.OutputStream;

/** How a request becomes a line, its final newline included. */
@FunctionalInterface
interface LineFormat {
  void write(RequestLine line, OutputStream out) throws IOException;
}
