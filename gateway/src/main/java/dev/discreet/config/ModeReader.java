package dev.discreet.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code mode}, of the gateway or of a route: whether it observes. */
final class ModeReader {
  private static final Type<Boolean> MODE = Types.choice(Map.of("enforce", false, "observe", true));

  private static final Type<Boolean> TYPE = new Type<>(MODE.shape(), ModeReader::read);

  static final Key<Boolean> KEY =
      Key.of(
          "mode",
          TYPE,
          "enforce",
          "enforce, or observe: what would be refused is forwarded, logged and counted.");
  static final Key<Boolean> OF_ROUTE =
      Key.optional("mode", TYPE, "As of the gateway, for this route; absent, the gateway's.");

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
