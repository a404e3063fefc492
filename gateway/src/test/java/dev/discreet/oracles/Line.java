package dev.discreet.oracles;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A client's connection, on which one exchange follows another as long as it lives. */
interface Line extends Closeable {
  /**
   * Sends requests in one write.
   *
   * @param asks one, or several without a body
   * @return all that was seen
   */
  Told tell(List<Ask> asks) throws IOException;

  /** {@return whether another exchange may follow} */
  boolean lives();
}
