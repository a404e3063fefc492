package dev.discreet.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code mode}, of the gateway or of a route: whether it observes. */
final class ModeReader {
  private static final Type<Boolean> MODE = Types.choice(Map.of("enforce", false, "observe", true));

  static final Key<Boolean> KEY = Key.of("mode", ModeReader::read, false);

  private ModeReader() {}

  /** Observing is meant to end; whoever leaves it on is told each time. */
  private static @Nullable Boolean read(Node node) {
    Boolean observes = MODE.read(node);
    if (observes != null && observes) {
      node.warn(
          "lets pass what would be refused, and only counts it; write enforce once all is well");
    }
    return observes;
  }
}
