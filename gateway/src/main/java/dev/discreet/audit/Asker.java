package dev.discreet.audit;

import java.io.IOException;
import java.util.List;

/** Makes requests on a connection of their own, and tells all that can be seen. */
interface Asker {
  /**
   * {@return what was seen}
   *
   * @param asks one, or several without a body that are sent at once
   * @throws IOException if no connection can be had
   */
  Observation ask(List<Ask> asks) throws IOException;
}
